import re

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.urls import reverse

from newsdesk.annotations.models import Annotation
from newsdesk.articles import editing, stories, topics
from newsdesk.articles.models import Article, ArticleText, Claims, Correction, Country, Topic
from newsdesk.search import index
from tests.factories import make_article, make_articles, make_country, make_source, make_topic

pytestmark = pytest.mark.django_db

BODY = "Trade between Azerbaijan and Russia grew in May. Ministers met in Baku."


@pytest.fixture
def article():
    return make_article(BODY, title="Trade grows", about=["AZ"], mentioned=["RU"], evidence={"AZ": ["Azerbaijan"]})


def change_url(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def posted(client, row, **changes):
    """The change form as the browser sends it, with what the editor changed."""
    form = client.get(change_url(row)).context["adminform"].form
    data = {}
    for name, field in form.fields.items():
        value = changes.pop(name, form.get_initial_for_field(field, name))
        data[name] = "" if value is None else getattr(value, "pk", value)
    for prefix, number in {"annotations": 0, "corrections": row.corrections.count()}.items():
        data |= {f"{prefix}-TOTAL_FORMS": number, f"{prefix}-INITIAL_FORMS": number}
    for number, correction in enumerate(row.corrections.all()):
        data |= {f"corrections-{number}-id": correction.pk, f"corrections-{number}-article": row.pk}
    return client.post(change_url(row), {**data, **changes})


def test_the_form_shows_claims_evidence_and_what_the_machine_says(admin_client, article):
    page = admin_client.get(change_url(article)).content.decode()

    assert '<mark class="desk-country" title="AZ">Azerbaijan</mark>' in page
    assert "The machine says: Trade grows (100%)" in page
    assert "The machine says: Azerbaijan" in page


@pytest.mark.parametrize("number", ["abc", "foo", "60/change/x", "9" * 23])
def test_an_article_that_cannot_be_is_said_not_to_exist(admin_client, number):
    page = admin_client.get(f"/admin/articles/article/{number}/change/", follow=True)

    assert "doesn’t exist" in page.content.decode()


def test_text_that_is_markup_stays_text(admin_client):
    hostile = make_article('Ministers <script>alert("x")</script> met in Baku.', title="<b>bold</b>")

    page = admin_client.get(change_url(hostile)).content.decode()

    assert '<script>alert("x")' not in page
    assert "<b>bold</b>" not in page


def test_a_changed_field_becomes_a_correction_signed_by_the_editor(admin_client, admin_user, article):
    make_country("GE")

    response = posted(admin_client, article, title="Trade grows fast", about=["AZ", "GE"], reason="read it")

    assert response.status_code == 302
    assert set(Correction.objects.values_list("field", "key", "author", "note")) == {
        ("title", "", admin_user.pk, "read it"),
        ("country", "GE", admin_user.pk, "read it"),
    }
    assert Article.objects.get(pk=article.pk).title == "Trade grows fast"


@pytest.mark.parametrize("value", ["2022", "2022-02", "2022-02-22", "2022-02-22T16:14", ""])
def test_a_date_is_taken_as_precisely_as_it_is_known(admin_client, article, value):
    response = posted(admin_client, article, published=value)

    assert response.status_code == 302
    assert [*Correction.objects.values_list("field", "value")] == [("published", value)]
    assert Article.objects.get(pk=article.pk).published_value == value


@pytest.mark.parametrize(("written", "value"), [("22.02.2022", "2022-02-22"), ("2.2022", "2022-02")])
def test_a_date_may_be_written_as_in_russian(admin_client, article, written, value):
    posted(admin_client, article, published=written)

    assert [*Correction.objects.values_list("field", "value")] == [("published", value)]


def test_what_the_machine_found_is_not_questioned_while_something_else_is_corrected(admin_client):
    old = make_article(BODY, published="1985-05-01", language="xx")

    assert posted(admin_client, old, title="Trade grows fast").status_code == 302
    assert [*Correction.objects.values_list("field", "value")] == [("title", "Trade grows fast")]


def test_saving_without_a_change_corrects_nothing(admin_client, article):
    assert posted(admin_client, article).status_code == 302
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"published": "soon"}, "is not a date", id="date"),
        pytest.param({"published": "1989-12-31"}, "dated from 1990 on", id="too old"),
        pytest.param({"published": "2999"}, "still to come", id="too new"),
        pytest.param({"language": "russian"}, "two or three letters", id="language"),
        pytest.param({"language": "xx"}, "no language “xx”", id="unknown language"),
        pytest.param({"about": ["AZ"], "mentioned": ["AZ", "RU"]}, "not both: Azerbaijan", id="both roles"),
    ],
)
def test_a_wrong_value_is_refused_with_the_remedy(admin_client, article, changes, message):
    response = posted(admin_client, article, **changes)

    assert message in response.content.decode()
    assert not Correction.objects.exists()


def test_deleting_a_correction_withdraws_it(admin_client, article):
    posted(admin_client, article, title="Wrong")

    posted(admin_client, article, **{"corrections-0-DELETE": "on"})

    assert Article.objects.get(pk=article.pk).title == "Trade grows"
    history = Correction.history.order_by("history_id").values_list("history_type", flat=True)
    assert list(history) == ["+", "-"]


def test_a_note_is_signed_and_anchored(admin_client, admin_user, article):
    note = {"annotations-TOTAL_FORMS": 1, "annotations-0-article": article.pk, "annotations-0-kind": "doubt"}
    note |= {
        "annotations-0-visibility": "team",
        "annotations-0-body": "By how much?",
        "annotations-0-exact": "grew in May",
    }

    posted(admin_client, article, **note)

    annotation = Annotation.objects.get()
    assert (annotation.author, annotation.kind_id, annotation.body) == (admin_user, "doubt", "By how much?")
    assert BODY[annotation.start : annotation.end] == "grew in May"


def test_a_note_on_words_that_are_not_there_is_refused(admin_client, article):
    note = {"annotations-TOTAL_FORMS": 1, "annotations-0-article": article.pk, "annotations-0-kind": "doubt"}
    note |= {"annotations-0-visibility": "team", "annotations-0-body": "?", "annotations-0-exact": "fell in June"}

    response = posted(admin_client, article, **note)

    assert "do not stand in the text exactly once" in response.content.decode()
    assert not Annotation.objects.exists()


def test_the_list_asks_no_more_queries_for_more_articles(admin_client, django_assert_max_num_queries):
    make_articles([{"body": f"Number {number}.", "source": "herald"} for number in range(3)])
    with django_assert_max_num_queries(40) as few:
        admin_client.get(reverse("admin:articles_article_changelist"))
    make_articles([{"body": f"Another {number}.", "source": "herald"} for number in range(20)])

    with django_assert_max_num_queries(len(few)):
        admin_client.get(reverse("admin:articles_article_changelist"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("?q=minister", {"Trade grows"}, id="words in any form"),
        pytest.param("?q=country:az+-minister", set(), id="query language"),
        pytest.param("?about=AZ", {"Trade grows"}, id="country"),
        pytest.param("?corrected=no", {"Trade grows", "Other"}, id="not corrected"),
        pytest.param("?corrected=yes", set(), id="corrected"),
    ],
)
def test_the_list_is_searched_and_filtered(admin_client, article, query, found):
    make_article("Nothing of the kind.", title="Other")

    response = admin_client.get(reverse("admin:articles_article_changelist") + query)

    assert {row.title for row in response.context["cl"].result_list} == found


def test_a_search_that_cannot_be_read_says_where(admin_client, article):
    response = admin_client.get(reverse("admin:articles_article_changelist") + "?q=after:tomorrow")

    assert "is not a date" in response.content.decode()


def run_action(client, name, rows, model="article"):
    data = {"action": name, "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(f"admin:articles_{model}_changelist"), data)


def test_articles_are_put_together_split_off_and_given_back(admin_client):
    first, second = make_articles([{"body": "One flood."}, {"body": "Two tournaments."}])
    stories.join([first.pk, second.pk])

    run_action(admin_client, "put_together", [first, second])
    assert Article.objects.values("story").distinct().count() == 1

    run_action(admin_client, "split_off", [second])
    assert Article.objects.values("story").distinct().count() == 2

    run_action(admin_client, "group_again", [first, second])
    assert not Correction.objects.exists()


def test_stories_are_merged(admin_client):
    first, second = make_articles([{"body": "One flood."}, {"body": "Two tournaments."}])
    stories.join([first.pk, second.pk])
    rows = [Article.objects.get(pk=pk).story for pk in (first.pk, second.pk)]

    run_action(admin_client, "merge", rows, "story")

    assert Article.objects.values("story").distinct().count() == 1


def test_a_rule_that_cannot_be_parsed_is_refused_with_its_place(admin_client):
    topic = make_topic("trade")

    response = posted_topic(admin_client, topic, "after:tomorrow")

    assert "character 7" in response.content.decode()
    assert Topic.objects.get().rule != "after:tomorrow"


def test_a_changed_rule_is_applied_at_once(admin_client):
    topic = make_topic("trade", rule="nonsense")
    article = make_article(BODY)

    posted_topic(admin_client, topic, "minister")

    assert list(article.topic_rows.values_list("topic", flat=True)) == ["trade"]
    evidence = Article.objects.get(pk=article.pk).claims.claims["topics"][0]["evidence"]
    assert [span["text"] for span in evidence] == ["Ministers"]


def preview_url(slug=""):
    return reverse("admin:articles_topic_preview") + (f"?topic={slug}" if slug else "")


@pytest.mark.parametrize("htmx", [True, False])
def test_a_rule_is_previewed_and_nothing_is_saved(admin_client, htmx):
    topic = make_topic("trade", rule="nonsense")
    make_article(BODY)

    if htmx:
        page = admin_client.post(preview_url("trade"), {"rule": "minister"}).content.decode()
    else:
        page = posted_topic(admin_client, topic, "minister", _preview="1").content.decode()

    assert "1 would gain the topic," in page
    assert "<mark>Ministers</mark> met in Baku." in page
    assert Topic.objects.get().rule == "nonsense"


def test_the_rule_of_a_new_topic_is_previewed(admin_client):
    make_article(BODY)
    data = {"slug": "new", "name_en": "New", "name_ru": "Новое", "rule": "minister", "_preview": "1"}

    page = admin_client.post(reverse("admin:articles_topic_add"), data).content.decode()

    assert "1 would gain the topic," in page
    assert "1 would gain the topic," in admin_client.post(preview_url(), {"rule": "minister"}).content.decode()
    assert not Topic.objects.exists()


def test_a_fault_is_marked_in_the_rule(admin_client):
    topic = make_topic("trade")

    assert "after:<mark>tomorrow</mark>" in posted_topic(admin_client, topic, "after:tomorrow").content.decode()


def test_a_rule_is_previewed_only_by_one_who_may_change_it(viewer_client):
    make_topic("trade")

    assert viewer_client.post(preview_url("trade"), {"rule": "minister"}).status_code == 403
    assert viewer_client.post(preview_url(), {"rule": "minister"}).status_code == 403
    assert "desk-rule" not in viewer_client.get(change_url(Topic.objects.get())).content.decode()


def test_of_two_who_change_a_topic_the_second_is_shown_both(admin_client):
    topic = make_topic("trade", rule="trade")
    posted_topic(admin_client, topic, "trade OR tariff")

    response = posted_topic(admin_client, topic, "trade OR customs", name_en="Commerce")

    shown = [(one.label, one.before, one.after) for one in response.context["both"]]
    assert (response.status_code, Topic.objects.get().rule) == (409, "trade OR tariff")
    assert shown == [("Name in English", "Trade", "Commerce"), ("Rule", "trade OR tariff", "trade OR customs")]
    state = response.context["adminform"].form["state"].value()
    assert posted_topic(admin_client, topic, "trade OR customs", state=state).status_code == 302


def test_a_rule_that_is_gone_back_to_is_applied(admin_client):
    article, topic = make_article("Ministers talk."), make_topic("trade", rule="minister")
    posted_topic(admin_client, topic, "minister OR tariff")
    topic.refresh_from_db()
    posted_topic(admin_client, topic, "tariff")
    first = topic.history.last()

    page = admin_client.get(reverse("admin:articles_topic_history", args=[topic.pk])).content.decode()
    url = reverse("admin:articles_topic_simple_history", args=[topic.pk, first.pk])
    form = admin_client.get(url).context["adminform"].form
    values = {name: form[name].value() for name in form.fields if name != "active"}
    admin_client.post(url, {**values, "active": "on"})

    topic.refresh_from_db()
    assert f'href="{url}"' in page
    assert "<ins>" in page
    assert (topic.rule, topic.retagged_to) == ("minister", None)
    assert list(article.topic_rows.values_list("topic", flat=True)) == ["trade"]


def test_a_topic_whose_articles_do_not_follow_yet_says_so(admin_client):
    make_article(BODY)
    topic = make_topic("trade", rule="minister")
    Topic.objects.update(retagged_to=0)

    page = admin_client.get(change_url(topic)).content.decode()

    assert "1 article does not follow it yet" in page
    assert "manage.py retag trade" in page


def posted_topic(client, topic, rule, **more):
    data = {"name_en": topic.name_en, "name_ru": topic.name_ru, "rule": rule, "description": "", "active": "on"}
    data |= {"state": topics.state_of(topic), **more}
    return client.post(change_url(topic), data)


def test_names_of_a_country_have_a_shape(admin_client):
    country = make_country("GE")
    data = {"code": "GE", "kind": "state", "name_en": "Georgia", "name_ru": "Грузия", "names": '{"en": ["Georgia"]}'}

    response = admin_client.post(change_url(country), data)

    assert "Kinds: name, demonym" in response.content.decode()
    assert Country.objects.get().names == country.names


@pytest.mark.parametrize("model", ["article", "story", "topic", "country", "source"])
def test_every_change_has_a_history(admin_client, article, model):
    row = {
        "article": article,
        "story": stories.split([article.pk], None),
        "topic": make_topic("trade"),
        "country": make_country("AZ"),
        "source": make_article("Other text.", source="herald").source,
    }[model]

    response = admin_client.get(reverse(f"admin:articles_{model}_history", args=[row.pk]))

    assert response.status_code == 200


@pytest.fixture
def viewer_client(client, django_user_model):
    """One who may look at everything and change nothing."""
    viewer = django_user_model.objects.create_user("viewer", password="x", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    return client


def test_one_who_may_only_look_sees_what_holds_and_changes_nothing(viewer_client, article):
    page = viewer_client.get(change_url(article))

    assert page.status_code == 200
    assert "Trade grows" in page.content.decode()
    assert viewer_client.post(change_url(article), {"title": "Mine"}).status_code == 403
    run_action(viewer_client, "split_off", [article])
    run_action(viewer_client, "delete_selected", [article])
    assert not Correction.objects.exists()
    assert Article.objects.get().title == "Trade grows"


def test_an_article_that_was_never_processed_is_shown_and_not_corrected(admin_client):
    pending = Article.objects.create(source_path="later.txt")
    ArticleText.objects.create(article=pending, raw_text="Read me later.")

    assert admin_client.get(change_url(pending)).status_code == 200
    assert admin_client.post(change_url(pending), {"title": "A title"}).status_code == 403


@pytest.mark.parametrize("model", ["article", "story", "topic", "country", "source"])
def test_an_empty_desk_has_lists_and_knows_what_it_has_not(admin_client, model):
    assert admin_client.get(reverse(f"admin:articles_{model}_changelist")).status_code == 200
    absent = admin_client.get(reverse(f"admin:articles_{model}_change", args=["999"]))
    assert absent.status_code == 302  # to the index, with a message, as Django does


def test_deleted_articles_leave_the_index_their_story_and_their_copies(admin_client):
    first, second, third = make_articles([{"body": "A flood."}, {"body": "A flood!"}, {"body": "A storm."}])
    story = stories.split([first.pk, second.pk, third.pk], None)
    second.claims.claims["reprint_of"] = str(first.pk)
    second.claims.save()
    data = {"action": "delete_selected", "_selected_action": [first.pk, third.pk], "post": "yes"}

    admin_client.post(reverse("admin:articles_article_changelist"), data)

    assert list(index.everything()) == [second.pk]
    story.refresh_from_db()
    assert story.size == 1
    assert Claims.objects.get().claims["reprint_of"] is None


@pytest.mark.parametrize(
    ("model", "pk", "facet"),
    [("country", "AZ", "country"), ("topic", "trade", "topic"), ("source", "herald", "source")],
)
@pytest.mark.parametrize("one_by_one", [True, False], ids=["one", "many"])
def test_what_articles_are_filed_under_leaves_the_index_with_its_row(admin_client, model, pk, facet, one_by_one):
    make_article(BODY, about=["AZ"], topics=["trade"], source="herald")
    assert index.value(facet, pk)

    if one_by_one:
        admin_client.post(reverse(f"admin:articles_{model}_delete", args=[pk]), {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        admin_client.post(reverse(f"admin:articles_{model}_changelist"), data)

    assert not index.value(facet, pk)
    assert Article.objects.count() == 1


def test_the_list_of_stories_asks_no_more_queries_for_more_stories(admin_client, django_assert_max_num_queries):
    def open_stories(number):
        for article in make_articles([{"body": f"Number {number} {one}."} for one in range(number)]):
            stories.split([article.pk], None)

    open_stories(2)
    with django_assert_max_num_queries(40) as few:
        admin_client.get(reverse("admin:articles_story_changelist"))
    open_stories(9)

    with django_assert_max_num_queries(len(few)):
        admin_client.get(reverse("admin:articles_story_changelist"))


def test_markup_in_names_stays_text(admin_client):
    hostile = "<img src=x onerror=alert(1)>"
    article = make_article(BODY, title=hostile)
    source = make_source("herald", hostile)
    Article.objects.filter(pk=article.pk).update(source=source)
    story = stories.split([article.pk], None)
    story.title = hostile
    story.save()
    topic = make_topic("trade")
    topic.name_en = hostile
    topic.save()

    rows: list[Model] = [article, story, topic, source]
    addresses = [change_url(row) for row in rows]
    addresses += [reverse(f"admin:articles_{row._meta.model_name}_changelist") for row in rows]
    for address in addresses:
        assert hostile not in admin_client.get(address).content.decode(), address


def test_history_names_who_changed_what(admin_client, admin_user, article):
    posted(admin_client, article, title="Other")

    assert Correction.history.get().history_user == admin_user


def test_who_corrects_second_is_shown_both_and_overwrites_nothing(admin_client, admin_user, article):
    form = admin_client.get(change_url(article)).context["adminform"].form
    editing.correct(article, {"title": "Trade grew"}, admin_user)

    response = posted(admin_client, article, title="Trade falls", state=form.initial["state"])

    page = response.content.decode()
    assert response.status_code == 409
    assert "<td>Trade grew</td><td>Trade falls</td>" in page
    assert Article.objects.get().title == "Trade grew"
    shown = response.context["adminform"].form["state"].value()
    assert posted(admin_client, article, title="Trade falls", state=shown).status_code == 302
    assert Article.objects.get().title == "Trade falls"


def test_what_the_machine_says_anew_does_not_become_a_correction_of_the_old(admin_client, article):
    form = admin_client.get(change_url(article)).context["adminform"].form
    article.claims.claims["title"]["value"] = "Trade grows again"
    article.claims.save()

    response = posted(admin_client, article, title="Trade grows", section="Economy", state=form.initial["state"])

    assert response.status_code == 409
    assert not Correction.objects.exists()


def test_two_who_withdraw_one_correction_do_no_harm(admin_client, admin_user, article):
    editing.correct(article, {"title": "Wrong"}, admin_user)
    form = admin_client.get(change_url(article)).context["adminform"].form
    correction = article.corrections.get()
    data = {"corrections-TOTAL_FORMS": 1, "corrections-INITIAL_FORMS": 1, "corrections-0-DELETE": "on"}
    data |= {"corrections-0-id": correction.pk, "corrections-0-article": article.pk}
    editing.withdraw([correction])

    response = posted(admin_client, article, title="Wrong", state=form.initial["state"], **data)

    assert response.status_code == 409
    assert Article.objects.get().title == "Trade grows"


def history_of(client, article):
    return client.get(reverse("admin:articles_article_history", args=[article.pk]))


def test_the_history_of_an_article_is_that_of_its_corrections_and_goes_back(admin_client, article):
    posted(admin_client, article, title="Trade grew")
    posted(admin_client, article, title="Trade grew fast")
    page = history_of(admin_client, article)
    assert "Trade grew<ins> fast</ins>" in page.content.decode()
    row = page.context["changes"][0].row.pk
    back = reverse("admin:articles_article_back", args=[article.pk, row])

    admin_client.post(back, {"state": page.context["state"]})

    assert Article.objects.get().title == "Trade grew"
    assert len(history_of(admin_client, article).context["changes"]) == 3


def test_nothing_is_put_back_over_what_somebody_corrected_meanwhile(admin_client, admin_user, article):
    posted(admin_client, article, title="Trade grew")
    page = history_of(admin_client, article)
    editing.correct(article, {"title": "Trade grew fast"}, admin_user)
    back = reverse("admin:articles_article_back", args=[article.pk, page.context["changes"][0].row.pk])

    assert admin_client.get(back).status_code == 405
    response = admin_client.post(back, {"state": page.context["state"]}, follow=True)

    assert "nothing was done" in response.content.decode()
    assert Article.objects.get().title == "Trade grew fast"


def test_who_may_only_look_puts_nothing_back(admin_client, viewer_client, article):
    editing.correct(article, {"title": "Trade grew"}, None)
    row = Correction.history.get().pk
    back = reverse("admin:articles_article_back", args=[article.pk, row])

    assert history_of(viewer_client, article).status_code == 200
    assert viewer_client.post(back, {"state": editing.state_of(article)}).status_code == 403
    assert Article.objects.get().title == "Trade grew"


def test_a_change_of_the_address_is_in_the_history_with_what_it_was(admin_client, article):
    Article.objects.update(url="https://herald.example/1")

    posted(admin_client, Article.objects.get(), url="https://herald.example/2")

    (one,) = history_of(admin_client, article).context["changes"]
    (told,) = one.change.differences
    assert (told.before, told.after) == ("https://herald.example/1", "https://herald.example/2")
    assert not one.reversible


def test_in_russian_the_admin_names_things_so_that_no_case_is_wrong(admin_client, article):
    admin_client.cookies["django_language"] = "ru"

    index_page = admin_client.get(reverse("admin:index")).content.decode()
    listed = admin_client.get(reverse("admin:articles_country_changelist")).content.decode()
    form = admin_client.get(change_url(article)).content.decode()

    captions = [" ".join(text.split()) for text in re.findall(r'class="section"[^>]*>([^<]+)</a>', index_page)]
    assert {"Корпус", "Заметки", "Запросы и подборки"} <= set(captions)
    assert "<h1>Страны</h1>" in listed
    assert ">Добавить</a>" in listed
    assert "<h1>Статья</h1>" in form
    assert "<title>Trade grows | Статья | Newsdesk</title>" in form
    assert ">Азербайджан</option>" in form


def test_the_admin_has_the_icon_of_the_desk(admin_client):
    assert "icons/newsdesk" in admin_client.get(reverse("admin:index")).content.decode()
