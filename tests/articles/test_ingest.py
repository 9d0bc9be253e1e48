import gc
import io
import json
import os
import sys
import threading
import zlib

import pytest
from django.core.management import call_command

from newsdesk.articles.ingest import Ingest, find_files, read_file
from newsdesk.articles.models import Article, ArticleVersion, Source, SourceLine
from newsdesk.articles.store import raw_document, summarise
from newsdesk.pipeline.markup import Mark, decode
from newsdesk.search import index

PARAGRAPHS = (
    "The ministers of transport of both countries met on Monday and agreed to open a second lane at the crossing.",
    "Work is to begin in May, they told reporters, and lorries will no longer wait for days on the mountain road.",
    "Drivers have complained for years about queues that stretch over ten kilometres on summer weekends.",
)
TEXT = "\n\n".join(PARAGRAPHS)
RUSSIAN = (
    "Министры транспорта двух стран договорились открыть вторую полосу на пограничном переходе, сообщили в ведомстве.\n\n"
    "Работы начнутся в мае, а очереди из грузовиков на горной дороге, по словам чиновников, исчезнут к осени.\n"
)

NAMES = ("Нет Такого", "нет такого", "нет-такого")  # of one source

pytestmark = pytest.mark.django_db


def ingest(*paths, **options):
    """Exit status and what was printed."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("ingest", *map(str, paths), workers=1, stdout=out, stderr=err, **options)
    except SystemExit as exit_:
        return exit_.code, out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "heap"
    folder.mkdir()
    (folder / "border.txt").write_text(TEXT, "utf-8")
    return folder


def test_what_is_stored_under_another_source_is_named_and_left_there(folder):
    ingest(folder)
    (folder / "talks.txt").write_text(RUSSIAN, "utf-8")
    ingest(folder / "talks.txt", source="Herald")

    _, printed = ingest(folder, source="Wire")
    _, again = ingest(folder / "talks.txt", source="herald")

    assert printed.splitlines()[1:] == [
        "  stored before without a source, and left so: 1 (heap/border.txt)",
        "  stored before under herald, and left so: 1 (heap/talks.txt)",
        "  --source is for what is new; of what is stored it is set on an article's page in the admin",
    ]
    assert again == "0 new, 1 unchanged, 0 updated, 0 rejected\n"
    assert [*Article.objects.order_by("pk").values_list("source", flat=True)] == [None, "herald"]


def test_what_is_new_is_stored_and_indexed(folder):
    status, printed = ingest(folder)

    assert (status, printed.splitlines()[0]) == (0, "1 new, 0 unchanged, 0 updated, 0 rejected")
    article = Article.objects.get()
    assert article.source_path == "heap/border.txt"
    assert article.text.raw_text == TEXT
    assert article.text.body == TEXT
    assert article.story is not None
    assert list(index.everything()) == [article.pk]


def test_ingesting_twice_changes_nothing(folder):
    ingest(folder)
    before = list(Article.objects.values())

    status, printed = ingest(folder)

    assert (status, printed.splitlines()[0]) == (0, "0 new, 1 unchanged, 0 updated, 0 rejected")
    assert list(Article.objects.values()) == before


def test_a_dry_run_stores_nothing(folder):
    _, printed = ingest(folder, dry_run=True, source="Herald")

    assert printed.startswith("1 new")
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_a_changed_file_updates_its_article_and_keeps_the_earlier_text(folder):
    ingest(folder)
    (folder / "border.txt").write_text(TEXT.replace("May", "June"), "utf-8")

    _, printed = ingest(folder)

    assert printed.splitlines()[0] == "0 new, 0 unchanged, 1 updated, 0 rejected"
    article = Article.objects.get()
    assert "begin in June" in article.text.body
    assert ArticleVersion.objects.get().raw_text == TEXT


def test_what_the_elements_of_a_page_say_is_there_when_it_is_processed_again(tmp_path):
    sentences = [f"The council met for the {day} time and spoke of the bridge." for day in ("first", "second", "third")]
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><nav><a href=/>Home</a></nav>{''.join(f'<p>{one}' for one in sentences)}</body></html>"
    )

    ingest(page)

    text = Article.objects.get().text
    marks = dict(zip(text.raw_text.split("\n"), decode(text.markup), strict=True))
    assert marks["Home"] == Mark.LINKS | Mark.ASIDE
    assert marks[sentences[0]] == Mark.PARAGRAPH
    assert raw_document(Article.objects.get(), text).markup == text.markup


def test_another_article_under_a_used_name_is_new(folder):
    ingest(folder)
    (folder / "border.txt").write_text(RUSSIAN, "utf-8")

    _, printed = ingest(folder)

    assert printed.splitlines()[0] == "1 new, 0 unchanged, 0 updated, 0 rejected"
    assert {article.text.raw_text for article in Article.objects.all()} == {TEXT, RUSSIAN}


def test_a_rejected_file_is_named_and_stops_nothing(folder):
    (folder / "a_empty.txt").write_bytes(b"")
    (folder / "b_picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    status, printed = ingest(folder, folder / "absent.txt")

    assert status == 1
    assert "1 new, 0 unchanged, 0 updated, 3 rejected" in printed
    for name in ("heap/a_empty.txt", "heap/b_picture.txt", "heap/absent.txt"):
        assert name in printed
    assert Article.objects.count() == 1


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-8-sig"])
def test_cyrillic_is_read_in_any_common_encoding_and_the_bytes_are_kept(tmp_path, encoding):
    file = tmp_path / "article.txt"
    file.write_bytes(RUSSIAN.encode(encoding))

    ingest(file)

    article = Article.objects.get()
    assert article.text.raw_text == RUSSIAN
    assert zlib.decompress(bytes(article.text.original or b"")) == RUSSIAN.encode(encoding)


def test_what_was_read_wrongly_before_is_repaired_counted_and_kept(tmp_path):
    broken = RUSSIAN.encode().decode("latin-1")
    (tmp_path / "a.txt").write_text(broken, "utf-8")
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"id": "b", "raw_text": "Second.\n" + broken, "title": RUSSIAN[:30].encode().decode("latin-1")})
    )

    _, printed = ingest(tmp_path)

    assert "2 repaired; what they were read from is kept beside them" in printed
    assert "  repaired 2: passages read again in their own encoding (cp1252 → UTF-8)" in printed
    first, second = (article.text for article in Article.objects.order_by("source_path"))
    assert first.raw_text == RUSSIAN
    assert zlib.decompress(bytes(first.original or b"")).decode() == broken
    assert second.raw_text == "Second.\n" + RUSSIAN
    assert zlib.decompress(bytes(second.original or b"")).decode() == "Second.\n" + broken
    assert second.metadata["title"] == RUSSIAN[:30].strip()


def test_records_of_json_lines_are_articles_of_their_own(tmp_path):
    file = tmp_path / "heap.jsonl"
    lines = [
        json.dumps({"id": "a", "raw_text": TEXT, "source": "Highland Herald", "collected": "2024-05-01"}),
        "{broken",
        json.dumps({"id": "b", "raw_text": RUSSIAN}),
    ]
    file.write_text("\n".join(lines), "utf-8")

    status, printed = ingest(file)

    assert status == 1
    assert "line 2" in printed
    assert list(Article.objects.order_by("pk").values_list("source__name", "source_path", "collected_at_import")) == [
        ("Highland Herald", f"{tmp_path.name}/heap.jsonl#a", False),
        (None, f"{tmp_path.name}/heap.jsonl#b", True),
    ]


def test_a_source_is_known_by_any_of_its_names_and_by_its_domain(tmp_path):
    Source.objects.create(slug="herald", name="Highland Herald", aliases=["The Herald"], domains=["herald.example"])
    file = tmp_path / "heap.jsonl"
    records = [
        {"id": "a", "raw_text": TEXT, "source": "the herald"},
        {"id": "b", "raw_text": RUSSIAN, "url": "https://www.news.herald.example/1"},
    ]
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")

    ingest(file)

    assert set(Article.objects.values_list("source", flat=True)) == {"herald"}
    assert Source.objects.count() == 1


def test_a_source_that_was_not_known_is_said_to_be_new(folder):
    printed = [
        ingest(folder, dry_run=True, source="Нет Такого")[1],
        *(ingest(folder, source=name)[1] for name in NAMES),
    ]

    assert [[line for line in one.splitlines() if "not known" in line] for one in printed] == [
        ["  sources that were not known and would be created: Нет Такого"],
        ["  sources that were not known and were created: Нет Такого"],
        [],
        [],
    ]


def test_a_source_that_is_known_by_its_slug_is_none_that_would_be_created(folder):
    Source.objects.create(slug="river-post", name="RP")

    for dry_run in (True, False):
        assert "not known" not in ingest(folder, source="River Post", dry_run=dry_run)[1]
    assert Source.objects.count() == 1


def test_of_many_new_sources_the_first_are_named(tmp_path):
    records = [{"id": at, "raw_text": f"{TEXT}\n\n{at}", "source": f"Paper {at}"} for at in range(22)]
    (tmp_path / "heap.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")

    _, printed = ingest(tmp_path / "heap.jsonl", dry_run=True)

    assert "would be created: Paper 0, Paper 1, " in printed
    assert "Paper 19 and 2 more" in printed


def test_the_same_text_twice_in_one_run_is_one_article(folder):
    (folder / "copy.txt").write_text(TEXT, "utf-8")

    _, printed = ingest(folder)

    assert printed.splitlines()[0] == "1 new, 1 unchanged, 0 updated, 0 rejected"


def test_files_are_found_in_order_without_hidden_ones(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text("x")

    assert [name for name, _ in find_files([str(tmp_path), "-"])] == [
        f"{tmp_path.name}/a.txt",
        f"{tmp_path.name}/b/1.txt",
        f"{tmp_path.name}/b/2.txt",
        "-",
    ]


def test_pipes_of_a_folder_are_passed_over_and_links_are_not(folder):
    os.mkfifo(folder / "a_pipe.txt")
    (folder / "b_link.txt").symlink_to(folder / "border.txt")
    (folder / "c_broken.txt").symlink_to(folder / "nowhere.txt")

    names = [name for name, _ in find_files([str(folder)])]

    assert names == ["heap/b_link.txt", "heap/border.txt", "heap/c_broken.txt"]


def test_a_pipe_that_is_named_itself_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    writer = threading.Thread(target=(tmp_path / "pipe.txt").write_text, args=(TEXT, "utf-8"))
    writer.start()

    status, printed = ingest(tmp_path / "pipe.txt")

    writer.join()
    assert (status, printed.splitlines()[0]) == (0, "1 new, 0 unchanged, 0 updated, 0 rejected")


def test_a_run_that_was_broken_off_before_stories_is_made_good_by_the_next(folder, monkeypatch):
    def break_off(ids):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsdesk.articles.stories.join", break_off)
        with pytest.raises(KeyboardInterrupt):
            ingest(folder)
    assert Article.objects.get().story is None

    _, printed = ingest(folder)

    assert printed.splitlines()[0] == "0 new, 1 unchanged, 0 updated, 0 rejected"
    assert Article.objects.get().story is not None


def test_a_file_name_that_is_no_unicode_is_shown_as_far_as_it_goes(folder):
    (folder / "border.txt").rename(folder / os.fsdecode(b"caf\xe9.txt"))

    status, _ = ingest(folder)

    assert (status, Article.objects.get().source_path) == (0, "heap/caf\N{REPLACEMENT CHARACTER}.txt")


def test_values_that_are_too_long_or_odd_are_stored_as_far_as_they_go(tmp_path):
    record = {"id": "a", "raw_text": TEXT, "url": "https://[half", "source": "s" * 300, "source_path": "p" * 900}
    record |= {"title": "t\0" * 400, "author": "a" * 400, "section": "s" * 400}
    file = tmp_path / "heap.jsonl"
    file.write_text(json.dumps(record) + "\n", "utf-8")

    assert ingest(file)[0] == 0

    article = Article.objects.get()
    assert (article.source_path, str(article.source)) == ("p" * 500, "s" * 100)
    file.write_text(json.dumps({**record, "raw_text": TEXT.replace("May", "June")}), "utf-8")
    assert ingest(file)[1].startswith("0 new, 0 unchanged, 1 updated")


def test_ids_that_stand_twice_in_a_file_with_different_texts_are_said(tmp_path):
    texts = [("a", TEXT), ("b", RUSSIAN), ("a", TEXT + "\n\nMore."), ("a", RUSSIAN), ("b", RUSSIAN)]
    lines = [json.dumps({"id": key, "raw_text": text}) for key, text in texts]
    (tmp_path / "heap.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "other.jsonl").write_text(json.dumps({"id": "b", "raw_text": TEXT}), "utf-8")

    _, printed = ingest(tmp_path)

    assert [line for line in printed.splitlines() if "twice" in line] == [
        f"  ids that stand twice, with different texts: 1 ({tmp_path.name}/heap.jsonl#a)"
    ]


def test_files_without_ids_are_no_twins(folder):
    (folder / "other.txt").write_text(RUSSIAN, "utf-8")

    assert "twice" not in ingest(folder)[1]


def test_of_two_new_texts_under_one_name_only_the_last_is_the_changed_version(tmp_path):
    file = tmp_path / "heap.jsonl"
    file.write_text(json.dumps({"id": "a", "raw_text": TEXT}), "utf-8")
    ingest(file)
    texts = [TEXT.replace("May", "June"), TEXT.replace("May", "July")]
    file.write_text("\n".join(json.dumps({"id": "a", "raw_text": text}) for text in texts), "utf-8")

    _, printed = ingest(file)

    assert printed.splitlines()[0] == "1 new, 0 unchanged, 1 updated, 0 rejected"
    assert list(Article.objects.order_by("pk").values_list("text__raw_text", flat=True)) == texts[::-1]


def test_the_bytes_of_a_changed_file_take_the_place_of_the_earlier_ones(tmp_path):
    file = tmp_path / "article.txt"
    for text in (RUSSIAN, RUSSIAN.replace("мае", "июне")):
        file.write_bytes(text.encode("cp1251"))
        ingest(file)

    original = Article.objects.get().text.original
    assert original is not None
    assert "июне" in zlib.decompress(original).decode("cp1251")


ISSUES = {
    11: "The library on the quay lends out bicycles from this week, and its reading room stays open until midnight.",
    22: "A goat that had lived on the roof of the brewery for a month was brought down by firemen on Friday morning.",
    33: "Farmers in the upper valley expect half of the usual apricots, because frost came twice while the trees bloomed.",
    44: "The theatre has sold its old curtain to a sailmaker, who wants to make handbags of the velvet, he told this paper.",
}


def write_issues(folder, numbers):
    """Articles that differ, each with the same two lines below."""
    for number in numbers:
        lines = [ISSUES[number], "Our town, our news, since the flood", f"Views: {number}"]
        (folder / f"{number}.txt").write_text("\n\n".join(lines), "utf-8")


def test_lines_that_return_are_learnt_as_a_source_grows(folder):
    write_issues(folder, (11, 22))
    _, printed = ingest(folder, source="Herald")
    assert "return in" not in printed

    write_issues(folder, (33, 44))
    _, printed = ingest(folder, source="Herald")

    assert "herald: 2 lines return in 5 different articles (2 new, 0 gone)" in printed
    assert "manage.py reprocess --source herald" in printed
    counted = SourceLine.objects.values_list("text", "articles", "decision")
    assert set(counted) == {("Our town, our news, since the flood", 4, ""), ("Views: 44", 4, "")}


def test_a_dry_run_learns_nothing(folder):
    write_issues(folder, (11, 22, 33))

    ingest(folder, source="Herald", dry_run=True)

    assert not SourceLine.objects.exists()


def test_garbage_is_collected_as_before_when_all_is_in(folder):
    usual = gc.get_threshold()
    run = Ingest(workers=1)(read_file("border.txt", folder / "border.txt", sys.stdin.buffer))

    next(run)
    meanwhile = gc.get_threshold()
    list(run)

    assert meanwhile > usual
    assert gc.get_threshold() == usual


@pytest.mark.parametrize(
    ("body", "title", "summary"),
    [
        ("Мост открыли утром. Движение пустили.", "Мост открыли утром", "Движение пустили."),
        ("The old bridge, closed since May, opened", "The old bridge…", "closed since May, opened"),
        ("Подождите… Он идёт.", "Подождите…", "Он идёт."),
        ("БАКУ, 12 марта. /ТАСС/. Мост открыли. Да.", "Мост открыли", "Да."),
        ("Движение пустили.", "", "Движение пустили."),
    ],
    ids=["whole", "cut at a word", "own ellipsis", "dateline", "headline"],
)
def test_summary_goes_on_where_the_sentence_that_stands_in_ends(body: str, title: str, summary: str) -> None:
    assert summarise(body, title) == summary
