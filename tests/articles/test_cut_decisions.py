"""What editors decide on spans of the raw text: stored as corrections, obeyed by the pipeline, kept and withdrawn."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.urls import reverse

from newsdesk.articles import editing, store
from newsdesk.articles.ingest import Ingest
from newsdesk.articles.models import Article, Correction
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.run import run
from newsdesk.query import parse
from newsdesk.search import index
from tests.factories import make_country, make_topic

pytestmark = pytest.mark.django_db

MENU = "Menu News Sport"
FERRY = "The ferry between the two ports sails again from Thursday, the harbour office said in the morning."
LORRIES = "Forty lorries had been waiting at the quay for eleven weeks, the captain told the town's radio on Monday."
TEASER = "Read also: Talks on trade in Azerbaijan go on"
RAW = f"{MENU}\nFerry sails again\n{FERRY}\n{LORRIES}\n{TEASER}\n"


def ingest(*raws: RawDocument) -> list[int]:
    running = Ingest(workers=1)
    list(running(raws))
    assert not running.summary.rejected
    return running.summary.ids


@pytest.fixture
def article() -> Article:
    make_country("AZ")
    make_topic("trade")
    (pk,) = ingest(RawDocument(RAW, source_path="heap/ferry.txt"))
    return Article.objects.get(pk=pk)


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor")


@pytest.fixture
def decide(article: Article, editor) -> Callable[..., Article]:
    """Decide on words of the raw text; gives the article as it then stands."""

    def decide(words: str, keep: bool | None, by=editor) -> Article:
        row = Article.objects.get(pk=article.pk)
        at = row.text.raw_text.index(words)
        editing.decide(row, at, at + len(words), keep, by, digest=str(row.digest))
        return Article.objects.get(pk=article.pk)

    return decide


def decisions() -> set[tuple[str, bool]]:
    return {(row.excerpt, row.decision.keep) for row in Correction.objects.filter(field="cut")}


def history() -> list[tuple[str, str]]:
    rows = Correction.history.order_by("history_id")
    return [(row.history_type, row.value["text"]) for row in rows]


def lines(article: Article) -> list[str]:
    return article.text.body.splitlines()


class TestDeciding:
    def test_a_restored_cut_is_read_labelled_and_found(self, article: Article, decide) -> None:
        assert lines(article) == [FERRY, LORRIES]

        decided = decide(TEASER, keep=True)

        assert lines(decided) == [FERRY, LORRIES, TEASER]
        assert [(row.country_id, row.role) for row in decided.country_rows.all()] == [("AZ", "about")]
        assert [row.topic_id for row in decided.topic_rows.all()] == ["trade"]
        assert list(index.value("topic", "trade")) == [article.pk] == list(index.search(parse("azerbaijan")))

    def test_evidence_stands_where_the_body_has_it(self, decide) -> None:
        decide(TEASER, keep=True)

        decided = decide(FERRY, keep=False)

        spans = [span for claim in decided.claims.claims["countries"] for span in claim["evidence"]]
        assert [decided.text.body[span["start"] : span["end"]] for span in spans] == ["Azerbaijan"]

    def test_a_line_that_is_cut_leaves_text_and_index(self, article: Article, decide) -> None:
        decided = decide(LORRIES, keep=False)

        assert lines(decided) == [FERRY]
        (cut,) = [cut for cut in decided.text.cut_spans if cut.reason == "cut by an editor"]
        assert LORRIES in RAW[cut.start : cut.end]
        assert not list(index.search(parse("lorries")))

    def test_it_is_signed(self, decide, editor) -> None:
        decide(TEASER, keep=True)

        row = Correction.objects.get()
        at = RAW.index(TEASER)
        assert (row.field, row.key, row.author) == ("cut", f"{at}-{at + len(TEASER)}", editor)
        assert row.value == {"keep": True, "text": TEASER}

    def test_a_part_of_a_line(self, decide) -> None:
        assert lines(decide(", the harbour office said in the morning", keep=False))[0] == (
            "The ferry between the two ports sails again from Thursday."
        )

    def test_the_opposite_withdraws_it(self, article: Article, decide) -> None:
        decide(TEASER, keep=True)

        decided = decide(TEASER, keep=False)

        assert decisions() == set()
        assert history() == [("+", TEASER), ("-", TEASER)]
        assert decided.text.cuts == article.text.cuts

    def test_undoing_withdraws_it(self, article: Article, decide) -> None:
        decide(LORRIES, keep=False)

        assert lines(decide(LORRIES, keep=None)) == [FERRY, LORRIES]
        assert decisions() == set()

    def test_what_the_machine_does_anyway_is_no_correction(self, decide) -> None:
        decide(MENU, keep=False)
        decide(FERRY, keep=True)

        assert decisions() == set()

    def test_deciding_twice_is_deciding_once(self, decide) -> None:
        decide(TEASER, keep=True)
        decide(TEASER, keep=True)

        assert decisions() == {(TEASER, True)}

    def test_what_lies_beside_a_later_decision_stays_with_its_author(self, decide, editor, django_user_model) -> None:
        both = f"{FERRY}\n{LORRIES}"
        decide(f"Ferry sails again\n{FERRY}", keep=False)

        decided = decide(FERRY, keep=True, by=django_user_model.objects.create_user("other"))

        assert lines(decided) == both.splitlines()
        row = Correction.objects.get()
        assert (row.excerpt, row.author) == ("Ferry sails again", editor)

    def test_nothing_to_read_is_refused_and_changes_nothing(self, article: Article, decide) -> None:
        with pytest.raises(editing.EmptyBodyError):
            decide(f"{FERRY}\n{LORRIES}", keep=False)

        assert decisions() == set()
        assert history() == []
        assert Article.objects.get(pk=article.pk).text.cuts == article.text.cuts

    def test_offsets_for_another_text_are_refused(self, article: Article, editor) -> None:
        with pytest.raises(editing.StaleTextError):
            editing.decide(article, 0, 4, True, editor, digest="0" * 64)

    @pytest.mark.parametrize("span", [(0, 10**6), (-1, 4), (4, 4), (len(MENU), len(MENU) + 1)], ids=str)
    def test_a_span_that_holds_nothing_is_refused(self, article: Article, editor, span: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="nothing to keep or to cut"):
            editing.decide(article, *span, True, editor, digest=str(article.digest))

    def test_a_correction_of_a_field_stays_on_top(self, article: Article, decide, editor) -> None:
        editing.correct(article, {"title": "By hand"}, editor)

        assert decide(TEASER, keep=True).title == "By hand"


class TestTime:
    def test_reprocessing_obeys(self, article: Article, decide) -> None:
        decide(TEASER, keep=True)
        decide(FERRY, keep=False)

        call_command("reprocess", str(article.pk), workers=1)

        assert lines(Article.objects.get(pk=article.pk)) == [LORRIES, TEASER]

    def test_a_decision_made_while_the_pipeline_ran_holds(self, article: Article, decide, editor) -> None:
        (before,) = run([store.raw_document(article, article.text)], store.stored_vocabulary(), workers=1)
        assert isinstance(before, Document)
        decide(TEASER, keep=True)

        store.update([article], [before])

        assert lines(Article.objects.get(pk=article.pk)) == [FERRY, LORRIES, TEASER]

    def test_decisions_go_with_their_words_into_a_new_version(self, article: Article, decide) -> None:
        decide(TEASER, keep=True)
        decide(LORRIES, keep=False)

        ingest(RawDocument(f"Home | {RAW}{FERRY[:40]} once more, and twice.\n", source_path="heap/ferry.txt"))

        changed = Article.objects.get(pk=article.pk)
        assert changed.text.raw_text.startswith("Home")
        assert {words[:9] for words in lines(changed)} == {"The ferry", "Read also"}
        assert decisions() == {(TEASER, True), (LORRIES, False)}
        for row in Correction.objects.all():
            assert changed.text.raw_text[row.decision.start : row.decision.end] == row.excerpt

    @pytest.mark.parametrize("new", [RAW.replace(TEASER, "The end."), RAW + TEASER], ids=["gone", "twice"])
    def test_those_whose_words_are_not_there_once_are_dropped_and_the_history_keeps_them(
        self, decide, new: str
    ) -> None:
        decide(TEASER, keep=True)

        ingest(RawDocument(new, source_path="heap/ferry.txt"))

        assert decisions() == set()
        assert history() == [("+", TEASER), ("-", TEASER)]

    def test_two_that_change_places(self, article: Article, decide) -> None:
        """The place of each was the other's: the database must not see them in one place."""
        new = RAW.replace(MENU, "x").replace(TEASER, MENU[: len(TEASER)]).replace("x", TEASER)
        decide(TEASER, keep=True)
        decide(MENU, keep=True)

        ingest(RawDocument(new, source_path="heap/ferry.txt"))

        assert decisions() == {(TEASER, True), (MENU, True)}
        assert {TEASER, MENU} < set(lines(Article.objects.get(pk=article.pk)))


class TestAdmin:
    def test_it_shows_the_words(self, admin_client, article: Article, decide) -> None:
        decide(TEASER, keep=True)

        page = admin_client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

        assert f"kept: “{TEASER}”" in page

    def test_withdrawing_there_lets_the_machine_cut_again(self, article: Article, decide) -> None:
        decide(TEASER, keep=True)

        editing.withdraw(Correction.objects.all())

        assert lines(Article.objects.get(pk=article.pk)) == [FERRY, LORRIES]
        assert not list(index.search(parse("azerbaijan")))
