"""The profile of a source in the admin: no decision is saved before its preview was seen."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from newsdesk.articles import profiles
from newsdesk.articles.models import Article, Source, SourceLine
from newsdesk.articles.profiles import Change, decide, learn
from tests.articles.test_profiles import PROSE, SLOGAN, bodies, make_issue
from tests.factories import make_articles

pytestmark = pytest.mark.django_db

LINES = reverse("admin:articles_sourceline_changelist")
DECIDE = reverse("admin:articles_sourceline_decide")


@pytest.fixture
def herald() -> Source:
    """Five issues with two lines that return, learnt."""
    make_articles(make_issue(number, SLOGAN, f"Views: {number}") for number in range(5))
    source = Source.objects.get(pk="herald")
    learn(source)
    return source


def change_url(row: SourceLine) -> str:
    return reverse("admin:articles_sourceline_change", args=[row.pk])


def confirm(client: Client, page: Any, step: str) -> Any:
    """Press a button of the preview."""
    form = page.context["form"]
    return client.post(DECIDE, {"changes": form["changes"].value(), step: "1"}, follow=True)


def decisions() -> dict[str, str]:
    return dict(SourceLine.objects.values_list("text", "decision"))


class TestProfile:
    def test_the_source_leads_to_its_lines(self, admin_client: Client, herald: Source) -> None:
        decide(herald, [Change("Advertisement", "never")])

        page = admin_client.get(reverse("admin:articles_source_change", args=["herald"])).content.decode()

        assert "2 return, 0 always cut, 1 never cut" in page
        assert f'href="{LINES}?source__slug__exact=herald"' in page

    def test_lines_are_listed_the_most_frequent_first(self, admin_client: Client, herald: Source) -> None:
        herald.lines.filter(text=SLOGAN).update(articles=3)
        decide(herald, [Change("Advertisement", "never")])

        rows = admin_client.get(LINES).context["cl"].result_list

        assert [row.text for row in rows] == ["Views: 4", SLOGAN, "Advertisement"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param("?decision__exact=never", {"Advertisement"}, id="decision"),
            pytest.param("?decision__exact=", {SLOGAN, "Views: 4"}, id="by evidence"),
            pytest.param("?q=hills", {SLOGAN}, id="search"),
            pytest.param("?source__slug__exact=wire", set(), id="source"),
        ],
    )
    def test_lines_are_filtered(self, admin_client: Client, herald: Source, query: str, found: set[str]) -> None:
        decide(herald, [Change("Advertisement", "never")])
        make_articles([{"body": "Elsewhere.", "source": "wire"}])

        rows = admin_client.get(LINES + query).context["cl"].result_list

        assert {row.text for row in rows} == found

    def test_queries_do_not_grow_with_the_lines(
        self, admin_client: Client, herald: Source, django_assert_num_queries
    ) -> None:
        def count() -> int:
            with django_assert_num_queries(10**3, exact=False) as captured:
                admin_client.get(LINES)
            return len(captured)

        admin_client.get(LINES)
        few = count()
        decide(herald, [Change(f"{word} line", "always") for word in ("First", "Second", "Third")])

        assert count() == few

    def test_text_that_is_markup_stays_text(self, admin_client: Client, herald: Source) -> None:
        hostile = "<img src=x onerror=alert(1)>"
        make_articles([make_issue(7, hostile)])
        decide(herald, [Change(hostile, "never")])
        row = SourceLine.objects.get(decision="never")

        for page in (admin_client.get(LINES), admin_client.get(change_url(row)), post_action(admin_client, "always")):
            assert hostile not in page.content.decode()


@pytest.mark.parametrize("one_by_one", [True, False], ids=["one", "many"])
def test_lines_go_with_their_source(admin_client: Client, herald: Source, one_by_one: bool) -> None:
    if one_by_one:
        admin_client.post(reverse("admin:articles_source_delete", args=["herald"]), {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": ["herald"], "post": "yes"}
        admin_client.post(reverse("admin:articles_source_changelist"), data)

    assert not SourceLine.objects.exists()
    assert Article.objects.filter(source=None).count() == 5


def test_no_line_is_deleted_alone(admin_client: Client, herald: Source) -> None:
    row = SourceLine.objects.all()[0]

    response = admin_client.post(reverse("admin:articles_sourceline_delete", args=[row.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert "delete_selected" not in admin_client.get(LINES).content.decode()


def post_action(client: Client, action: str) -> Any:
    return client.post(
        LINES, {"action": action, "_selected_action": list(SourceLine.objects.values_list("pk", flat=True))}
    )


class TestPreview:
    def test_changing_one_line_shows_what_it_changes_and_saves_nothing(
        self, admin_client: Client, herald: Source
    ) -> None:
        row = SourceLine.objects.get(text=SLOGAN)

        page = admin_client.post(change_url(row), {"decision": "always"})

        shown = " ".join(page.content.decode().split())
        assert "5 articles of Herald would change; 5 of 5 have such a line." in shown
        assert f"</span>{SLOGAN}</del>" in shown
        assert PROSE[2] in shown
        assert set(decisions().values()) == {""}

    def test_several_lines_edited_in_the_list(self, admin_client: Client, herald: Source) -> None:
        first, second = SourceLine.objects.all()
        data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save"}
        data |= {"form-0-id": first.pk, "form-0-decision": "never", "form-1-id": second.pk, "form-1-decision": ""}

        page = admin_client.post(LINES, data)

        assert json.loads(page.context["form"]["changes"].value()) == [
            {"source": "herald", "text": first.text, "decision": "never"}
        ]
        assert set(decisions().values()) == {""}

    @pytest.mark.parametrize(("action", "decision"), [("always", "always"), ("never", "never"), ("by_evidence", "")])
    def test_actions_pass_through_the_preview(
        self, admin_client: Client, herald: Source, action: str, decision: str
    ) -> None:
        decide(herald, [Change(SLOGAN, "never" if decision != "never" else "always")])
        before = decisions()

        page = post_action(admin_client, action)
        assert decisions() == before
        confirm(admin_client, page, "save")

        assert set(decisions().values()) == {decision}

    def test_lines_of_several_sources_are_shown_by_source(self, admin_client: Client, herald: Source) -> None:
        make_articles({**make_issue(number, "Wire footer"), "source": "wire"} for number in range(50, 54))
        learn(Source.objects.get(pk="wire"))

        page = post_action(admin_client, "always")

        assert [(preview.source.pk, len(preview.changed)) for preview in page.context["previews"]] == [
            ("herald", 5),
            ("wire", 4),
        ]

    def test_a_line_is_added_by_hand(self, admin_client: Client, herald: Source) -> None:
        data = {"source": "herald", "text": PROSE[1], "decision": "always"}

        page = admin_client.post(reverse("admin:articles_sourceline_add"), data)
        confirm(admin_client, page, "save")

        assert decisions()[PROSE[1]] == "always"

    def test_two_lines_at_once_are_refused(self, admin_client: Client, herald: Source) -> None:
        data = {"source": "herald", "text": "one\ntwo", "decision": "always"}

        page = admin_client.post(reverse("admin:articles_sourceline_add"), data).content.decode()

        assert "One line at a time" in page


class TestSaving:
    def test_saving_alone_leaves_stored_articles_and_names_the_command(
        self, admin_client: Client, herald: Source
    ) -> None:
        before = bodies(herald)
        page = post_action(admin_client, "always")

        told = confirm(admin_client, page, "save").content.decode()

        assert "manage.py reprocess --source herald" in told
        assert bodies(herald) == before
        assert set(decisions().values()) == {"always"}

    def test_applying_changes_the_articles_and_signs_the_decision(
        self, admin_client: Client, admin_user, herald: Source
    ) -> None:
        row = SourceLine.objects.get(text=SLOGAN)
        page = admin_client.post(change_url(row), {"decision": "always"})

        told = confirm(admin_client, page, "apply").content.decode()

        assert "Saved, and 5 articles follow it." in told
        assert not any(SLOGAN in text for text in bodies(herald))
        assert SourceLine.history.latest().history_user == admin_user

    def test_what_is_too_much_for_a_page_is_left_to_the_command(
        self, admin_client: Client, herald: Source, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(profiles, "APPLY_NOW", 4)
        before = bodies(herald)
        page = post_action(admin_client, "always")
        assert 'name="apply"' not in page.content.decode()
        assert "That is too much to change while a page is waiting" in page.content.decode()

        told = confirm(admin_client, page, "apply").content.decode()

        assert "manage.py reprocess --source herald" in told
        assert bodies(herald) == before
        assert set(decisions().values()) == {"always"}

    @pytest.mark.parametrize(
        "changes",
        [
            "nonsense",
            "[1]",
            "{}",
            json.dumps([{"source": "nowhere", "text": "a", "decision": "always"}]),
            json.dumps([{"source": "herald", "text": "a", "decision": "perhaps"}]),
            json.dumps([{"source": "herald", "text": " ", "decision": "always"}]),
        ],
    )
    def test_decisions_that_cannot_be_read_are_refused_whole(
        self, admin_client: Client, herald: Source, changes: str
    ) -> None:
        before = decisions()

        response = admin_client.post(DECIDE, {"changes": changes, "save": "1"}, follow=True)

        assert response.status_code == 200
        assert list(response.context["messages"])
        assert decisions() == before

    def test_nothing_is_saved_by_looking(self, admin_client: Client, herald: Source) -> None:
        assert admin_client.get(DECIDE).status_code == 302
        assert set(decisions().values()) == {""}


class TestPermissions:
    @pytest.fixture
    def editor(self, client: Client, django_user_model) -> Client:
        editor = django_user_model.objects.create_user("editor", is_staff=True)
        editor.user_permissions.set(Permission.objects.filter(codename="change_source"))
        client.force_login(editor)
        return client

    @pytest.fixture
    def viewer(self, client: Client, django_user_model) -> Client:
        viewer = django_user_model.objects.create_user("viewer", is_staff=True)
        viewer.user_permissions.set(Permission.objects.filter(codename="view_source"))
        client.force_login(viewer)
        return client

    def test_who_may_change_a_source_may_change_its_lines(self, editor: Client, herald: Source) -> None:
        confirm(editor, post_action(editor, "always"), "save")

        assert set(decisions().values()) == {"always"}

    def test_who_may_look_at_sources_sees_lines_and_changes_nothing(self, viewer: Client, herald: Source) -> None:
        row = SourceLine.objects.get(text=SLOGAN)
        changes = json.dumps([{"source": "herald", "text": SLOGAN, "decision": "always"}])

        assert viewer.get(LINES).status_code == viewer.get(change_url(row)).status_code == 200
        assert viewer.post(change_url(row), {"decision": "always"}).status_code == 403
        assert viewer.post(DECIDE, {"changes": changes, "apply": "1"}).status_code == 403
        post_action(viewer, "always")
        viewer.post(LINES, {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0, "_save": "Save"})
        assert set(decisions().values()) == {""}

    def test_strangers_are_sent_to_the_entrance(self, client: Client, herald: Source) -> None:
        assert client.get(LINES).status_code == client.post(DECIDE).status_code == 302
        assert Article.objects.count() == 5
