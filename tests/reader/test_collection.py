"""The pages of collections."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsdesk.articles.models import Article
from newsdesk.people.models import Visibility
from newsdesk.workspace import collecting
from newsdesk.workspace.models import Collection
from tests.factories import make_article, make_articles, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def anna(client) -> Any:
    user = make_user("analyst", "anna")
    client.force_login(user)
    return user


@pytest.fixture
def collection(anna) -> Collection:
    made = Collection.objects.create(title="Picked", introduction="What *we* found", author=anna)
    articles = make_articles([{"title": "One", "published": "2024-01-01"}, {"title": "Two", "published": "2020-01-01"}])
    for article in articles:
        collecting.add(made, article)
    return made


def order(collection: Collection) -> list[str]:
    return [item.article.title for item in collection.items.all()]


def saved(collection: Collection, **changes: str) -> dict[str, str]:
    """What the form sends."""
    held = {"title": collection.title, "introduction": collection.introduction, "visibility": collection.visibility}
    return {**held, "seen": str(Collection.objects.get(pk=collection.pk).updated), "save": "1", **changes}


def test_a_collection_is_made_and_shown_with_what_is_in_it(client, collection):
    page = client.get(collection.get_absolute_url()).content.decode()

    assert "<p>What <em>we</em> found</p>" in page
    assert page.index("One</a>") < page.index("Two</a>")
    assert collection.title in client.get("/collections/").content.decode()


def test_a_new_collection_is_its_makers_alone(client, anna):
    response = client.post("/collections/", {"title": "Mine"})

    made = Collection.objects.get()
    assert (made.title, made.author, made.visibility) == ("Mine", anna, Visibility.PRIVATE)
    assert response["Location"] == made.get_absolute_url()
    assert made.history.get().history_user == anna


def test_a_collection_needs_a_title(client, anna):
    response = client.post("/collections/", {"title": " "})

    assert response.status_code == 422
    assert not Collection.objects.exists()


def test_an_article_is_added_from_its_page_and_from_its_row(client, anna):
    article = make_article(title="One")
    address = f"/collections/add/?article={article.pk}"

    assert address in client.get(article.get_absolute_url()).content.decode()
    assert address in client.get("/articles/").content.decode()
    client.post(address, {"title": "New one"})

    made = Collection.objects.get()
    assert order(made) == ["One"]
    assert "It is in" in client.get(address).content.decode()


def test_readers_are_not_offered_what_they_may_not_do(client):
    article = make_article()
    client.force_login(make_user("reader"))

    assert "/collections/add/" not in client.get(article.get_absolute_url()).content.decode()
    assert client.get(f"/collections/add/?article={article.pk}").status_code == 403
    assert client.post("/collections/", {"title": "x"}).status_code == 403


def test_nothing_is_added_to_what_one_may_not_change(client, anna):
    article, boris = make_article(), make_user("analyst", "boris")
    private = Collection.objects.create(title="His", author=boris)
    team = Collection.objects.create(title="The team's", author=boris, visibility=Visibility.TEAM)
    address = f"/collections/add/?article={article.pk}"

    assert client.post(address, {"collection": private.pk}).status_code == 404
    assert client.post(address, {"collection": team.pk}).status_code == 403
    assert client.post(address, {"collection": "x"}).status_code == 404
    assert client.get("/collections/add/?article=0").status_code == 404


def test_htmx_gets_the_sheet_back_with_what_was_added(client, collection):
    article = make_article(title="Three")

    response = client.post(f"/collections/add/?article={article.pk}", {"collection": collection.pk}, headers=HTMX)

    assert response.status_code == 200
    assert "It is in" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_an_article_moves_without_a_script_and_the_page_comes_back_to_it(client, collection):
    item = collection.items.last()

    response = client.post(collection.get_absolute_url(), {"item": item.pk, "move": "up"})

    assert order(collection) == ["Two", "One"]
    assert response["Location"] == f"{collection.get_absolute_url()}#item-{item.article_id}"


def test_htmx_gets_the_articles_alone(client, collection):
    item = collection.items.first()

    response = client.post(collection.get_absolute_url(), {"item": item.pk, "move": "down"}, headers=HTMX)

    assert response.content.decode().strip().startswith('<ol id="items"')
    assert order(collection) == ["Two", "One"]


def test_an_article_is_taken_out_and_commented(client, collection):
    first, second = collection.items.all()

    client.post(collection.get_absolute_url(), {"item": first.pk, "remove": "1"})
    client.post(collection.get_absolute_url(), {"item": second.pk, "note": "The **figure**"})

    assert order(collection) == ["Two"]
    assert "The <strong>figure</strong>" in client.get(collection.get_absolute_url()).content.decode()
    assert Article.objects.count() == 2


def test_an_item_of_another_collection_is_not_there(client, collection, anna):
    other = Collection.objects.create(title="Other", author=anna)
    item = collecting.add(other, make_article())

    assert client.post(collection.get_absolute_url(), {"item": item.pk, "remove": "1"}).status_code == 404
    assert client.post(collection.get_absolute_url(), {"item": "x"}).status_code == 404


def test_who_sees_it_is_changed(client, collection):
    client.post(collection.get_absolute_url(), saved(collection, visibility="published"))
    client.logout()

    assert client.get(collection.get_absolute_url()).status_code == 200
    assert "Title, introduction" not in client.get(collection.get_absolute_url()).content.decode()


def test_of_two_who_edit_at_once_the_second_is_told_and_may_go_on(client, collection):
    mine = saved(collection, title="Mine")
    client.post(collection.get_absolute_url(), saved(collection, title="Theirs"))

    told = client.post(collection.get_absolute_url(), mine)

    assert told.status_code == 409
    page = told.content.decode()
    assert "Somebody changed this meanwhile" in page
    assert "Theirs</h1>" in page
    assert 'value="Mine"' in page
    collection.refresh_from_db()
    assert collection.title == "Theirs"
    client.post(collection.get_absolute_url(), saved(collection, title="Mine"))
    collection.refresh_from_db()
    assert collection.title == "Mine"


def test_ones_own_is_deleted_and_an_editor_deletes_no_others(client, collection):
    client.post(collection.get_absolute_url(), saved(collection, visibility="team"))
    client.force_login(make_user("editor"))
    assert client.post(collection.get_absolute_url(), {"delete": "1"}).status_code == 403

    client.force_login(collection.author)
    response = client.post(collection.get_absolute_url(), {"delete": "1"})

    assert response["Location"] == "/collections/"
    assert not Collection.objects.exists()
    assert Article.objects.count() == 2


def test_hostile_words_are_shown_and_do_nothing(client, collection):
    hostile = "<script>alert(1)</script>[x](javascript:alert(2))"
    client.post(collection.get_absolute_url(), saved(collection, title=hostile, introduction=hostile))
    client.post(collection.get_absolute_url(), {"item": collection.items.first().pk, "note": hostile})

    page = client.get(collection.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_collection_is_taken_away_in_its_order_with_its_words(client, collection):
    collecting.comment(collection.items.first(), "Why it is here")
    base = f"{collection.get_absolute_url()}export/"

    response = client.get(f"{base}jsonl/")
    records = [json.loads(line) for line in b"".join(response.streaming_content).decode().splitlines()]
    by_date = b"".join(client.get(f"{base}jsonl/?order=date").streaming_content).decode().splitlines()
    brief = b"".join(client.get(f"{base}html/").streaming_content).decode()

    assert [record["title"] for record in records] == ["One", "Two"]
    assert records[0]["remark"] == "Why it is here"
    assert records[0]["export"]["query"] == f"collection={collection.pk}"
    assert [json.loads(line)["title"] for line in by_date] == ["Two", "One"]
    assert "<p>What <em>we</em> found</p>" in brief
    assert f"newsdesk-collection-{collection.pk}-" in response["Content-Disposition"]
    assert f'formaction="{base}csv/"' in client.get(base).content.decode()
    assert client.get(f"{base}csv/?order=x").status_code == 400


def test_more_articles_do_not_mean_more_queries(client, collection):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(collection.get_absolute_url())
        return len(captured)

    before = queries()
    for article in make_articles([{"source": "herald"} for _ in range(5)]):
        collecting.add(collection, article)

    assert queries() == before


def test_others_collections_stand_apart_from_ones_own(client, collection):
    Collection.objects.create(title="For all", author=None, visibility=Visibility.PUBLISHED)
    Collection.objects.create(title="Hidden", author=make_user("analyst"))

    page = client.get("/collections/").content.decode()

    assert page.index("Yours") < page.index("Picked") < page.index("Shared by others") < page.index("For all")
    assert "Hidden" not in page
