"""Every address × every role × one's own, a foreign and a private object × every method, from the URLconf itself.

An address that is added must say in ``OBJECTS`` what it shows, or these tests fail: so no view can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from newsdesk.articles import editing, stories
from newsdesk.articles.models import Correction
from newsdesk.people.models import Owned, Visibility
from newsdesk.workspace.models import Collection, SavedView
from tests.factories import make_article, make_note, make_topic, make_user

pytestmark = pytest.mark.django_db

ROLES = ("", "reader", "analyst", "editor", "administrator")
SAFE = ("get", "head", "options")
METHODS = (*SAFE, "post", "put", "patch", "delete", "trace")
SIGNS_OUT = {"logout"}  # after which the client is nobody


def patterns(found: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """All addresses but the admin's, which Django guards and tests, and the API's, which has its own description."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLPattern):
            yield one
        elif one.app_name not in ("admin", "ninja"):
            yield from patterns(one.url_patterns)


ADDRESSES = {str(one.name): one for one in patterns()}


def article_of() -> dict[str, Any]:
    return {"pk": make_article("Ministers met in Baku.", source="herald").pk}


def story_of() -> dict[str, Any]:
    article = make_article("Ministers met in Baku.")
    stories.split([article.pk], None)
    article.refresh_from_db()
    return {"pk": article.story_id}


def view_of(author: Any, visibility: str) -> dict[str, Any]:
    return {"pk": SavedView.objects.create(name="Trade", query="q=trade", author=author, visibility=visibility).pk}


def note_of(**made: Any) -> dict[str, Any]:
    return {"pk": make_note(make_article("Ministers met in Baku."), "met in Baku", **made).pk}


# What an address with parameters shows: made anew for each test. Those of `OWNED` get author and visibility too.
OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "article": article_of,
    "source-line": article_of,
    "correct": article_of,
    "cuts": article_of,
    "note-new": article_of,
    "note-add": article_of,
    "comparison": lambda: {**article_of(), "other": make_article("They met again.").pk},
    "story": story_of,
    "topic": lambda: {"slug": make_topic("trade").pk},
    "export": lambda: {"name": "csv"},
}


def collection_of(**made: Any) -> dict[str, Any]:
    return {"pk": Collection.objects.create(title="Picked", **made).pk}


OWNED: dict[str, Callable[..., dict[str, Any]]] = {
    "view": view_of,
    "view-feed": view_of,
    "note": note_of,
    "note-edit": note_of,
    "note-reply": note_of,
    "note-withdraw": note_of,
    "note-review": note_of,
    "note-place": note_of,
    "collection": collection_of,
    "collection-take-away": collection_of,
    "collection-export": lambda **made: {**collection_of(**made), "name": "csv"},
}

OPEN = {
    "login",
    "help",
    "preferences",
    "keys",
    "set_language",
    "robots",
    "manifest",
    "service-worker",
    "offline",
}  # nothing of the corpus is there


def url_of(name: str, **made: Any) -> str:
    if not ADDRESSES[name].pattern.regex.groups:
        return reverse(name)
    return reverse(name, kwargs=OWNED[name](**made) if name in OWNED else OBJECTS[name]())


def sign_in(client: Client, role: str) -> Any:
    if not role:
        return None
    user = make_user(role, f"the-{role}")
    client.force_login(user)
    return user


def test_every_address_says_what_it_shows() -> None:
    with_parameters = {name for name, one in ADDRESSES.items() if one.pattern.regex.groups}

    assert with_parameters == OBJECTS.keys() | OWNED.keys()
    assert not OBJECTS.keys() & OWNED.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_no_method_breaks(client: Client, name: str, role: str) -> None:
    user = sign_in(client, role)
    url = url_of(name, author=user, visibility=Visibility.TEAM) if name in OWNED else url_of(name)
    methods = [method for method in METHODS if not (name in SIGNS_OUT and method == "post")]

    answers = {method: getattr(client, method)(url).status_code for method in methods}

    assert max(answers.values()) < 500
    assert {answers[method] for method in ("put", "patch", "trace")} <= {302, 401, 403, 404, 405}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_looking_changes_nothing(client: Client, name: str, role: str) -> None:
    user = sign_in(client, role)
    url = url_of(name, author=user, visibility=Visibility.TEAM) if name in OWNED else url_of(name)
    before = everything()

    for method in SAFE:
        getattr(client, method)(url)

    assert everything() == before


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in OPEN])
def test_a_closed_desk_shows_nothing_to_strangers(client: Client, settings: Any, name: str) -> None:
    settings.ANONYMOUS_READING = False
    url = url_of(name, author=make_user("analyst"), visibility=Visibility.PUBLISHED) if name in OWNED else url_of(name)

    for method in METHODS:
        assert getattr(client, method)(url).status_code in (302, 401), method


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OWNED)
def test_what_is_private_is_not_there_for_others(client: Client, name: str, role: str) -> None:
    sign_in(client, role)
    url = url_of(name, author=make_user("analyst"), visibility=Visibility.PRIVATE)

    for method in METHODS:
        assert getattr(client, method)(url).status_code in (302, 401, 404, 405), method
    assert client.get(url).status_code in (302, 401, 404, 405)


@pytest.mark.parametrize("role", ["", "reader"])
@pytest.mark.parametrize("name", OWNED)
def test_what_is_the_teams_is_not_there_for_readers(client: Client, name: str, role: str) -> None:
    sign_in(client, role)
    url = url_of(name, author=make_user("analyst"), visibility=Visibility.TEAM)

    for method in METHODS:
        assert getattr(client, method)(url).status_code in (302, 401, 404, 405), method


@pytest.mark.parametrize("role", ["", "reader", "analyst"])
@pytest.mark.parametrize("name", OWNED)
def test_anothers_is_not_changed(client: Client, name: str, role: str) -> None:
    sign_in(client, role)
    url = url_of(name, author=make_user("analyst"), visibility=Visibility.PUBLISHED)
    before = owned()

    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(url, {"delete": "1"}).status_code in (302, 400, 401, 403, 404, 405, 422), method

    assert owned() == before


# The admin. Django guards its addresses; ours are tried beside those of annotations, which are not for all editors to see.

OURS_IN_ADMIN = {
    "articles_article_back",
    "annotations_annotation_import",
    "articles_sourceline_decide",
    "articles_topic_preview",
}
ADMIN_OWNED = ("change", "history", "simple_history", "delete")


def admin_names() -> set[str]:
    (site,) = (one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.app_name == "admin")
    return {str(one.name) for one in patterns_within(site)}


def patterns_within(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from patterns_within(one)


def admin_url(name: str, **made: Any) -> str:
    if name == "articles_article_back":
        article = make_article("Ministers met in Baku.")
        editing.correct(article, {"title": "Corrected"}, None)
        return reverse(f"admin:{name}", args=[article.pk, Correction.history.latest("pk").pk])
    if name in OURS_IN_ADMIN:
        return reverse(f"admin:{name}")
    note = make_note(make_article("Ministers met in Baku."), "met in Baku", body="To be seen by some", **made)
    more = [note.history.get().pk] if name == "simple_history" else []
    return reverse(f"admin:annotations_annotation_{name}", args=[note.pk, *more])


def test_every_address_in_the_admin_is_djangos_or_tried_here() -> None:
    models = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    usual = ("changelist", "add", "history", "delete", "change", "simple_history", "None")
    known = {f"{model}_{one}" for model in models for one in usual}
    site = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n"}
    more = {"view_on_site", "app_list", "None", "auth_user_password_change"}

    assert admin_names() - known - site - more == OURS_IN_ADMIN


@pytest.mark.parametrize("role", ["", "reader", "analyst"])
@pytest.mark.parametrize("name", [*sorted(OURS_IN_ADMIN), *ADMIN_OWNED])
def test_the_admin_is_closed_to_who_may_not_enter_it(client: Client, name: str, role: str) -> None:
    user = sign_in(client, role)
    url = admin_url(name, author=user, visibility="published")
    before = owned()

    for method in METHODS:
        response = getattr(client, method)(url)
        assert response.status_code == 302, method
        assert response["Location"].startswith("/admin/login/")

    assert owned() == before


@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("name", ADMIN_OWNED)
def test_the_admin_knows_no_private_note_of_another(client: Client, name: str, role: str) -> None:
    sign_in(client, role)
    url = admin_url(name, author=make_user("analyst"), visibility=Visibility.PRIVATE)
    before = owned()

    for method in METHODS:
        response = getattr(client, method)(url, {"version": "1", "post": "yes"})
        assert response.status_code in (302, 404, 405), method
        assert b"To be seen by some" not in response.content

    assert owned() == before


@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("name", [*sorted(OURS_IN_ADMIN), *ADMIN_OWNED])
def test_looking_in_the_admin_changes_nothing(client: Client, name: str, role: str) -> None:
    sign_in(client, role)
    url = admin_url(name, author=make_user("analyst"))
    before = everything()

    answers = {method: getattr(client, method)(url).status_code for method in SAFE}

    assert max(answers.values()) < 500
    assert everything() == before


def everything() -> dict[str, list[Any]]:
    """All rows of ours; sessions come and go."""
    ours = {"articles", "annotations", "workspace", "search"}
    return rows(model for model in apps.get_models() if model._meta.app_label in ours and model._meta.managed)


def owned() -> dict[str, list[Any]]:
    return rows(model for model in apps.get_models() if issubclass(model, Owned))


def rows(models: Iterable[type[Model]]) -> dict[str, list[Any]]:
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}
