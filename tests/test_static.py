"""What `collectstatic` makes of our styles and scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage
from django.test import Client

from newsdesk.static import StaticStorage
from tests.factories import make_article

STATIC = Path(__file__).parent.parent / "static"
PARTS = ("page", "reading", "keys", "brush")
HTMX = "django_htmx/htmx-2.min.js"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WITHIN = re.compile(r"[\w\])&]\s+(::?[a-z-]+)(?=\()")
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> StaticStorage:
    """Ours and htmx, where they would be served from."""
    storage = StaticStorage(location=tmp_path_factory.mktemp("static"), base_url="/static/")
    every = ((name, source) for finder in get_finders() for name, source in finder.list([]))
    found = {name: (source, name) for name, source in every if name.startswith(("css/", "js/", "icons/", HTMX))}
    for name, (source, path) in found.items():
        with source.open(path) as file:
            storage.save(name, file)
    failed = [done for _, _, done in storage.post_process(found) if isinstance(done, Exception)]
    assert not failed
    return storage


def read(storage: StaticStorage, name: str) -> str:
    return Path(storage.path(storage.stored_name(name))).read_text()


def test_the_scripts_of_every_page_are_one_file(collected: StaticStorage) -> None:
    script = read(collected, "js/newsdesk.js")

    assert "import" not in script
    assert all(f"{{{read(collected, f'js/{part}.js').strip()}" in script for part in PARTS)


def test_a_link_to_our_own_file_is_replaced_and_the_file_left_alone(tmp_path: Path) -> None:
    ours, served = tmp_path / "ours", tmp_path / "served"
    for folder in (ours, served):
        (folder / "js").mkdir(parents=True)
    (ours / "js" / "page.js").write_text("// Why\nopen();\n")
    (served / "js" / "page.js").symlink_to(ours / "js" / "page.js")
    storage = StaticStorage(location=served, base_url="/static/")

    list(storage.post_process({"js/page.js": (FileSystemStorage(ours), "js/page.js")}))

    assert (ours / "js" / "page.js").read_text() == "// Why\nopen();\n"
    assert read(storage, "js/page.js") == "open();"


@pytest.mark.parametrize("file", [path.name for path in STATIC.glob("css/*.css")])
def test_styles_lose_comments_and_keep_their_meaning(collected: StaticStorage, file: str) -> None:
    """A space before a colon means "within", and is lost after some names."""
    styles = read(collected, f"css/{file}")

    assert "/*" not in styles
    assert WITHIN.findall(styles) == WITHIN.findall(COMMENT.sub("", (STATIC / "css" / file).read_text()))


def test_what_is_served_has_a_hash_and_comes_in_brotli(collected: StaticStorage) -> None:
    for name in ("css/newsdesk.css", "css/pages.css", "js/newsdesk.js", "js/notes.js", HTMX):
        stored = collected.stored_name(name)

        assert re.search(r"\.[0-9a-f]{12}\.\w+$", stored), name
        assert Path(collected.path(f"{stored}.br")).stat().st_size < Path(collected.path(stored)).stat().st_size / 2


@pytest.mark.django_db
def test_the_list_and_an_article_want_no_styles_of_other_pages(client: Client) -> None:
    article = make_article(
        "Ministers met in Baku.",
        topics=["trade"],
        about=["AZ"],
        raw_text="Share\n\nMinisters met in Baku.",
        cuts=[(0, 7, "share")],
    )
    elsewhere = classes("pages.css") - classes("newsdesk.css")

    for url in (
        "/articles/",
        "/articles/?q=ministers&more=timeline",
        article.get_absolute_url(),
        f"{article.get_absolute_url()}?raw=1",
    ):
        page = client.get(url).content.decode()
        used = {name for names in re.findall(r'class="([^"]+)"', page) for name in names.split()}

        assert "css/pages.css" not in page
        assert "row" in used or "page" in used
        assert not used & elsewhere, url


def classes(file: str) -> set[str]:
    return set(CLASS.findall((STATIC / "css" / file).read_text()))
