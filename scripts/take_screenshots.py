"""Take pictures of all pages, in both themes and at three widths, of the demonstration on a desk of its own.

    python -m scripts.take_screenshots [--folder docs/images]

Needs Chromium. The pictures of one run are comparable with those of another: same data, same windows.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

TOP = Path(__file__).resolve().parent.parent
WIDTHS = {"desktop": 1440, "tablet": 820, "phone": 390}
THEMES = ("light", "dark")
HEIGHT = 1000
QUALITY = 55  # of JPEG: text stays readable, a picture has some 60 KB
NAME, PASSWORD = "leyla", "only for the pictures"
PAGES = {
    "desk": "/",
    "list": "/articles/?topic=azal-crash",
    "article": "/articles/3/?topic=alliance-declaration",
    "raw": "/articles/3/?raw=1",
    "story": "/stories/1/",
    "comparison": "/articles/1/compare/5/",
    "topic": "/topics/karabakh/",
    "topics": "/topics/",
    "stories": "/stories/",
    "views": "/views/",
    "notes": "/notes/",
    "collections": "/collections/",
    "help": "/help/",
    "display": "/preferences/",
    "login": "/account/login/",
}
MAKE_ROWS = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article
from newsdesk.workspace.models import SavedView
user = get_user_model().objects.create_user("{NAME}", password="{PASSWORD}")
user.groups.add(Group.objects.get(name="editor"))
SavedView.objects.create(author=user, name="Karabakh since 2023", query="topic=karabakh&published_after=2023-01-01")
article = Article.objects.get(pk=3)
note = Annotation(article=article, author=user, kind_id="doubt", body="Who counted the points? *Compare the text.*")
note.exact = article.text.body.split(". ")[1].strip()
note.anchor()
note.save()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=TOP / "docs" / "images")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with serve() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width in WIDTHS:
            for theme in THEMES:
                take(browser, address, folder, width, theme)


def take(browser: Browser, address: str, folder: Path, width: str, theme: str) -> None:
    page = browser.new_page(
        base_url=address,
        viewport={"width": WIDTHS[width], "height": HEIGHT},
        color_scheme=theme,  # type: ignore[arg-type]  # one of THEMES
        reduced_motion="reduce",
    )
    sign_in(page)
    for name, path in PAGES.items():
        if name == "login":
            page.context.clear_cookies()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{width}-{theme}.jpg", type="jpeg", quality=QUALITY)
    page.close()


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.fill("#id_username", NAME)
    page.fill("#id_password", PASSWORD)
    page.click("button.is-main")


@contextmanager
def serve() -> Iterator[str]:
    """The demonstration, on a free port, until the block is left."""
    with tempfile.TemporaryDirectory() as made, socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
        own = {"SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "false", "ANONYMOUS_READING": "true", "DEBUG": "true"}
        environment = {**os.environ, **own, "DATABASE_URL": f"sqlite:///{made}/desk.sqlite3"}
        manage = [sys.executable, "manage.py"]
        for command in (["migrate", "-v0"], ["load_fixtures"], ["reprocess"], ["shell", "-v0", "-c", MAKE_ROWS]):
            subprocess.run([*manage, *command], cwd=TOP, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  (our own commands)
        probe.close()
        server = subprocess.Popen(  # noqa: S603  (our own command)
            [*manage, "runserver", f"127.0.0.1:{port}", "--noreload"],
            cwd=TOP,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/robots.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(address).close()  # noqa: S310  (our own server)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server does not answer.")


if __name__ == "__main__":
    main()
