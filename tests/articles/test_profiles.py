"""Profiles of sources over stored articles."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsdesk.articles import profiles
from newsdesk.articles.models import Article, Source, SourceLine
from newsdesk.articles.profiles import Change, decide, learn, learn_grown, preview
from newsdesk.articles.reprocessing import reprocess
from newsdesk.articles.store import stored_source
from newsdesk.pipeline.document import Fingerprint
from tests.factories import make_articles, make_source

pytestmark = pytest.mark.django_db

PROSE = (
    "The harbour board met on Tuesday and agreed to dredge the western channel before the autumn, its chairman said.",
    "Two barges will work in turns so that the ferry to the islands can keep to its timetable, the board promised.",
    "Fishermen had asked for the work for eight years, because their boats run aground at low tide in the channel.",
)
SLOGAN = "Harbour and hills, since the old days"


def make_issue(number: int, *lines: str, **claims: object) -> dict[str, object]:
    """An article of its own words with lines below it, stored as if nothing had been cut."""
    word = "".join("abcdefghij"[int(digit)] for digit in str(number))
    text = "\n\n".join([f"{word.title()} pier was closed for repairs, the harbour master told us.", *PROSE, *lines])
    return {"body": text, "source": "herald", **claims}


@pytest.fixture
def herald() -> Source:
    make_articles(make_issue(number, SLOGAN, f"Views: {number}") for number in range(5))
    return Source.objects.get(pk="herald")


def bodies(source: Source) -> list[str]:
    return [article.text.body for article in Article.objects.filter(source=source).order_by("pk")]


class TestLearning:
    def test_rows_say_in_how_many_articles_a_line_returns(self, herald: Source) -> None:
        learnt = learn(herald)

        assert (learnt.articles, learnt.different, learnt.returning, learnt.new) == (5, 5, 2, 2)
        assert list(herald.lines.values_list("line", "text", "articles", "decision")) == [
            (SLOGAN, SLOGAN, 5, ""),
            ("Views: 0", "Views: 4", 5, ""),
        ]
        herald.refresh_from_db()
        assert (herald.profiled, herald.profiled_different) == (5, 5)
        assert stored_source("herald").line_counts == ((SLOGAN, 5), ("Views: 0", 5))

    def test_copies_are_counted_once(self) -> None:
        same = Fingerprint(digest="0123456789abcdef")
        first, *_ = make_articles(make_issue(number, SLOGAN, fingerprint=same) for number in range(4))
        reprint, _ = make_articles(make_issue(number, SLOGAN) for number in (5, 6))
        reprint.claims.claims["reprint_of"] = str(first.pk)
        reprint.claims.save()
        herald = Source.objects.get()

        learnt = learn(herald)

        assert (learnt.articles, learnt.different, learnt.returning) == (6, 2, 0)

    def test_reprints_of_an_article_of_another_source_are_one_article(self) -> None:
        articles = make_articles(make_issue(number, SLOGAN) for number in range(3))
        (origin,) = make_articles([{"body": "Elsewhere.", "source": "wire"}])
        for article in articles:
            article.claims.claims["reprint_of"] = str(origin.pk)
            article.claims.save()

        assert learn(Source.objects.get(pk="herald")).different == 1

    def test_learning_again_changes_nothing_and_forgets_what_no_longer_returns(self, herald: Source) -> None:
        learn(herald)
        before = list(SourceLine.objects.values())
        learn(herald)
        assert list(SourceLine.objects.values()) == before

        herald.lines.filter(text=SLOGAN).update(line="Gone", text="Gone")
        learnt = learn(herald)

        assert (learnt.new, learnt.gone) == (1, 1)
        assert set(herald.lines.values_list("line", flat=True)) == {SLOGAN, "Views: 0"}

    def test_decisions_are_not_touched(self, herald: Source) -> None:
        decide(herald, [Change(SLOGAN, "never"), Change("Not in any article", "always")])

        learn(herald)

        assert set(herald.lines.exclude(decision="").values_list("text", "articles", "decision")) == {
            (SLOGAN, 5, "never"),
            ("Not in any article", 0, "always"),
        }

    def test_a_dry_run_writes_nothing(self, herald: Source) -> None:
        assert learn(herald, dry_run=True).new == 2
        assert not SourceLine.objects.exists()

    def test_queries_do_not_grow_with_the_articles(self, herald: Source) -> None:
        with CaptureQueriesContext(connection) as few:
            learn(herald, dry_run=True)
        make_articles(make_issue(number, SLOGAN) for number in range(20, 40))

        with CaptureQueriesContext(connection) as many:
            learn(herald, dry_run=True)

        assert len(many) == len(few)

    def test_sources_that_have_grown_by_half_are_learnt_anew(self, herald: Source) -> None:
        make_articles([{"body": "Elsewhere.", "source": "wire"}])

        def grown() -> list[str]:
            return [learnt.source.pk for learnt in learn_grown(Article.objects.values_list("pk", flat=True))]

        assert grown() == ["herald"]
        make_articles(make_issue(number) for number in (11, 12))
        assert grown() == []
        make_articles([make_issue(13)])
        assert grown() == ["herald"]

    def test_only_sources_of_the_articles_named_are_learnt(self, herald: Source) -> None:
        (other,) = make_articles([{"body": "Elsewhere.", "source": "wire"}])

        assert learn_grown([other.pk]) == []


class TestDeciding:
    def test_a_decision_is_a_row_with_its_history(self, herald: Source) -> None:
        decide(herald, [Change("Views: 31", "always")])
        decide(herald, [Change("Views: 1,204", "never")])
        decide(herald, [Change("Views: 7", "never")])

        assert list(herald.lines.values_list("line", "text", "articles", "decision")) == [
            ("Views: 0", "Views: 31", None, "never")
        ]
        assert list(SourceLine.history.order_by("history_id").values_list("history_type", "decision")) == [
            ("+", "always"),
            ("~", "never"),
        ]

    def test_the_pipeline_follows(self, herald: Source) -> None:
        decide(herald, [Change(SLOGAN, "always"), Change("Views: 1", "never")])

        source = stored_source("herald")

        assert (source.always_cut, source.never_cut) == ((SLOGAN,), ("Views: 0",))

    def test_deciding_changes_no_stored_article_and_applying_does(self, herald: Source) -> None:
        before = bodies(herald)
        decide(herald, [Change(PROSE[1], "always")])
        assert bodies(herald) == before

        found = preview(herald, [Change(PROSE[1], "always")])
        assert profiles.apply(found.changed) == 5

        assert all(PROSE[1] not in text and PROSE[0] in text for text in bodies(herald))

    def test_no_more_are_applied_than_a_page_may_wait_for(
        self, herald: Source, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(profiles, "APPLY_NOW", 2)

        assert profiles.apply(list(Article.objects.values_list("pk", flat=True))) == 2


class TestPreview:
    def test_what_would_be_lost_in_its_context(self, herald: Source) -> None:
        found = preview(herald, [Change(PROSE[1], "always")])

        newest = Article.objects.order_by("-pk")[0]
        assert (found.articles, found.having, len(found.changed), found.complete, found.at_once) == (
            5,
            5,
            5,
            True,
            True,
        )
        shown = found.examples[0]
        assert (shown.article, shown.before, shown.text, shown.after, shown.cut) == (newest, *PROSE, True)
        assert found.by_change == [(Change(PROSE[1], "always"), 5, 0)]

    def test_what_would_be_regained(self, herald: Source) -> None:
        decide(herald, [Change(PROSE[1], "always")])
        profiles.apply(list(Article.objects.values_list("pk", flat=True)))

        found = preview(herald, [Change(PROSE[1], "")])

        assert (found.lost, found.regained, len(found.changed)) == (0, 5, 5)
        assert [one.cut for one in found.sample] == [False] * profiles.SAMPLE_EACH

    def test_it_says_what_applying_does(self, herald: Source) -> None:
        changes = [Change(SLOGAN, "never"), Change("Views: 0", "never"), Change(PROSE[2], "always")]
        found = preview(herald, changes)
        before = [split_lines(text) for text in bodies(herald)]

        decide(herald, changes)
        list(reprocess(Article.objects.values_list("pk", flat=True), workers=1))

        after = [split_lines(text) for text in bodies(herald)]
        lost = sum(line not in new for old, new in zip(before, after, strict=True) for line in old)
        assert (lost, preview(herald, changes).changed) == (found.lost, [])

    def test_articles_of_other_sources_and_without_the_line_are_not_touched(self, herald: Source) -> None:
        make_articles([make_issue(21), {**make_issue(22, SLOGAN), "source": "wire"}])

        found = preview(herald, [Change(SLOGAN, "always")])

        assert (found.articles, found.having) == (6, 5)

    def test_spacing_and_figures_do_not_hide_a_line(self, herald: Source) -> None:
        make_articles([make_issue(31, "Views:  1 204")])

        assert preview(herald, [Change("Views: 9", "always")]).having == 6

    def test_when_time_is_up_it_says_how_far_it_came(self, herald: Source) -> None:
        found = preview(herald, [Change(SLOGAN, "always")], budget=0)

        assert (found.looked, found.candidates, found.complete, found.at_once) == (1, 5, False, False)

    def test_many_lines_are_looked_for_without_a_search_by_words(self, herald: Source) -> None:
        changes = [Change(f"{letter} nowhere", "always") for letter in "abcdefghijklmnopqrstuvwxyz"]

        found = preview(herald, [*changes, Change(SLOGAN, "always")])

        assert (found.candidates, found.having) == (5, 5)


def split_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def profile_sources(**options: object) -> list[str]:
    out = io.StringIO()
    call_command("profile_sources", stdout=out, **options)
    return out.getvalue().splitlines()


class TestCommand:
    def test_it_says_what_it_found_and_what_to_do(self, herald: Source) -> None:
        make_source("silent")

        told = profile_sources()

        found = preview(herald, learnt=learn(herald, dry_run=True))
        assert found.changed
        counted = "herald: 2 lines return in 5 different articles (2 new, 0 gone)"
        assert told == [
            f"{counted}; 5 articles would change: {found.lost} lines cut, 0 regained",
            "Stored articles stay as they are until they are processed again:",
            "  manage.py reprocess --source herald",
        ]
        assert herald.lines.count() == 2

    def test_a_dry_run_says_the_same_and_stores_nothing(self, herald: Source) -> None:
        told = profile_sources(dry_run=True)

        assert told[0].startswith("herald: 2 lines return in 5 different articles (2 new, 0 gone); 5 articles")
        assert told[1:] == ["Nothing was stored."]
        assert not SourceLine.objects.exists()

    def test_one_source_alone(self, herald: Source) -> None:
        make_articles({**make_issue(number, SLOGAN), "source": "wire"} for number in range(40, 44))

        profile_sources(source="wire")

        assert set(SourceLine.objects.values_list("source", flat=True)) == {"wire"}

    @pytest.mark.parametrize("command", ["profile_sources", "reprocess"])
    def test_an_unknown_source_is_named(self, command: str) -> None:
        with pytest.raises(CommandError, match="no source “nowhere”"):
            call_command(command, source="nowhere")

    def test_reprocessing_the_source_brings_its_articles_up_to_date(self, herald: Source) -> None:
        make_articles([{"body": "Elsewhere.", "source": "wire"}])
        profile_sources()

        out = io.StringIO()
        call_command("reprocess", source="herald", workers=1, stdout=out)

        assert out.getvalue().startswith("5 processed")
        assert all(text.endswith(PROSE[-1]) for text in bodies(herald))
        assert "0 articles would change" in profile_sources()[0]
