import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from newsdesk.articles import editing, store
from newsdesk.articles.corrections import WrongDateError, parse_date, read_date
from newsdesk.articles.models import Article, ArticleCountry, Correction
from newsdesk.search import index
from tests.factories import make_article, make_country, make_topic


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor")


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2022", "year"), ("2022-02", "month"), ("2022-02-22", "day"), ("2022-02-22T16:14", "minute")],
    ids=["year", "month", "day", "minute"],
)
def test_a_date_is_as_precise_as_it_is_written(value, precision):
    assert parse_date(value) == (value, precision)


@pytest.mark.parametrize("value", ["22.02.2022", "2022-13", "2022-02-30", "2022-02-22T25:00", "yesterday"])
def test_what_is_no_date_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        parse_date(value)


NOW = dt.datetime(2024, 4, 22, 20, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1990", "1990"),
        ("2.2022", "2022-02"),
        ("22.02.2022", "2022-02-22"),
        (" 2022-02-22T16:14+04:00 ", "2022-02-22T16:14+04:00"),
        ("2024-04-23", "2024-04-23"),
    ],
)
def test_a_date_is_read_as_people_write_it(written, value):
    assert read_date(written, NOW) == value


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("yesterday", "form"),
        ("٢٠٢٢", "form"),
        ("2022-02-30", "day"),
        ("30.02.2022", "day"),
        ("2022-13", "day"),
        ("0000", "day"),
        ("2022-02-22T25:00", "time"),
        ("2022-02-22T10:61", "time"),
        ("0001", "old"),
        ("1500-01-01", "old"),
        ("1989-12", "old"),
        ("2024-04-24", "future"),
        ("2999", "future"),
    ],
)
def test_what_cannot_be_the_date_of_an_article_is_refused_with_the_reason(written, code):
    with pytest.raises(WrongDateError) as refused:
        read_date(written, NOW)

    assert refused.value.code == code


@pytest.mark.django_db
def test_a_correction_holds_in_columns_rows_and_index(editor):
    article = make_article(title="Wrong", about=["AZ"], mentioned=["RU"], topics=["trade"])
    make_country("GE")
    make_topic("karabakh")

    editing.correct(
        article,
        {
            "title": "Right",
            "published": "2020-11-10T01:30",
            "language": "ru",
            "about": ["GE", "RU"],
            "mentioned": [],
            "topics": ["karabakh"],
        },
        editor,
        "read it",
    )

    article = Article.objects.get(pk=article.pk)
    assert (article.title, article.language) == ("Right", "ru")
    assert (str(article.published), article.published_precision) == ("2020-11-10", "minute")
    assert (article.published_provenance, article.published_confidence) == ("correction", 1.0)
    assert set(ArticleCountry.objects.values_list("country", "role", "corrected")) == {
        ("GE", "about", True),
        ("RU", "about", True),
    }
    assert list(article.topic_rows.values_list("topic", flat=True)) == ["karabakh"]
    assert list(index.value("about", "GE")) == [article.pk]
    assert list(index.value("country", "AZ")) == []
    assert {(one.field, one.key, one.author, one.note) for one in article.corrections.all()} == {
        ("title", "", editor, "read it"),
        ("published", "", editor, "read it"),
        ("language", "", editor, "read it"),
        ("country", "GE", editor, "read it"),
        ("country", "RU", editor, "read it"),
        ("country", "AZ", editor, "read it"),
        ("topic", "karabakh", editor, "read it"),
        ("topic", "trade", editor, "read it"),
    }


@pytest.mark.django_db
def test_fields_that_were_not_changed_are_not_corrected(editor):
    article = make_article(title="Right", about=["AZ"])

    editing.correct(article, editing.held_values(article), editor)

    assert not Correction.objects.exists()


@pytest.mark.django_db
def test_setting_a_value_back_withdraws_the_correction_and_its_history_stays(editor):
    article = make_article(about=["AZ"])
    editing.correct(article, {"about": [], "mentioned": ["AZ"]}, editor)

    editing.correct(article, {"about": ["AZ"], "mentioned": []}, editor)

    assert not Correction.objects.exists()
    assert list(article.country_rows.values_list("country", "role", "corrected")) == [("AZ", "about", False)]
    assert list(Correction.history.order_by("history_id").values_list("history_type", flat=True)) == ["+", "-"]


@pytest.mark.django_db
def test_a_withdrawn_correction_lets_the_machine_show_again(editor):
    article = make_article(title="The machine's")
    editing.correct(article, {"title": "The editor's"}, editor)

    editing.withdraw(article.corrections.all())

    assert Article.objects.get(pk=article.pk).title == "The machine's"


@pytest.mark.django_db
def test_no_date_is_a_correction_too(editor):
    article = make_article(published="2024-04-22")

    editing.correct(article, {"published": ""}, editor)

    article = Article.objects.get(pk=article.pk)
    assert (article.published, article.published_value, article.published_provenance) == (None, "", "correction")
    assert index.undated(index.everything()) == 1


@pytest.mark.django_db
def test_a_correction_survives_new_claims_of_the_machine(editor):
    article = make_article(title="First reading", about=["AZ"])
    editing.correct(article, {"title": "The editor's", "about": [], "mentioned": []}, editor)
    document = next(_as_document(article, title="Second reading", about=["AZ"]))

    store.update([article], [document])

    article = Article.objects.get(pk=article.pk)
    assert article.title == "The editor's"
    assert not article.country_rows.exists()
    assert article.claims.claims["title"]["value"] == "Second reading"


def _as_document(article, **claims):
    from tests.factories import make_document

    yield make_document(article.text.body, source_path=article.source_path, **claims)


@pytest.mark.django_db
def test_removed_articles_leave_the_index_and_their_story():
    first = make_article("Talks in Baku.")
    second = make_article("Talks in Baku again.", story_with=first)
    third = make_article("Talks in Baku once more.", story_with=first)

    editing.remove([third.pk])

    first.refresh_from_db()
    assert set(index.everything()) == {first.pk, second.pk}
    assert first.story is not None
    assert first.story.size == 2


@pytest.mark.django_db
def test_the_author_of_a_correction_may_leave():
    leaver = get_user_model().objects.create_user("leaver")
    article = make_article(title="Wrong")
    editing.correct(article, {"title": "Right"}, leaver)

    leaver.delete()

    assert Article.objects.get(pk=article.pk).title == "Right"
    assert article.corrections.get().author is None
