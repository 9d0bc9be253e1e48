"""Annotations: read by whoever may see them, written by whoever may write them in the reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status
from ninja.errors import HttpError

from newsdesk.annotations import anchors, notes
from newsdesk.annotations.forms import NoteForm
from newsdesk.annotations.models import Annotation
from newsdesk.api import schemas
from newsdesk.api.articles import WRONG_FILTER, Id, Limit, refuse_wrong
from newsdesk.api.errors import WrongValuesError
from newsdesk.api.paging import PER_PAGE, read_number
from newsdesk.api.schemas import answers
from newsdesk.articles.models import Article
from newsdesk.reader.noted import NoteListing

router = Router(tags=["annotations"])

Version = Annotated[int, Query(ge=1, lt=2**31, description="the one that was read: nothing newer is overwritten")]
Filters = Annotated[schemas.NoteFilters, Query()]  # type: ignore[valid-type]  # made from the filters that there are
LOST = "These words do not stand in the article exactly once: give more of them, or prefix and suffix."


@router.get(
    "/annotations", response=answers(schemas.Annotations), summary="Annotations that one may see, the newest made first"
)
def list_annotations(
    request: HttpRequest,
    filters: Filters,
    article: int | None = None,
    mine: bool = False,
    cursor: str = "",
    limit: Limit = PER_PAGE,
) -> dict[str, Any]:
    """The filters are those of `/notes/`, those of articles among them: all that was marked on a topic in a year."""
    listing = NoteListing(request)
    refuse_wrong(listing.articles)
    if faults := _faults(listing.form):
        raise WrongValuesError(WRONG_FILTER, faults)
    found = listing.found.filter(withdrawn=None).select_related("author").order_by("-pk")
    if article is not None:
        found = found.filter(article=article) if 0 < article < 2**63 else found.none()
    if mine:
        found = found.filter(author=request.user.pk)
    if cursor:
        found = found.filter(pk__lt=read_number(cursor))
    rows = list(found[: limit + 1])
    items = rows[:limit]
    return {"items": [_given(one) for one in items], "next": str(items[-1].pk) if len(rows) > limit else None}


@router.get("/annotations/{pk}", response=answers(schemas.Annotation), summary="One annotation")
def get_annotation(request: HttpRequest, pk: Id) -> dict[str, Any]:
    return _given(notes.find(request.user, pk))


@router.post(
    "/articles/{pk}/annotations",
    response=answers(schemas.Annotation, 201),
    summary="Annotate an article, or a passage of it",
)
def add_annotation(request: HttpRequest, pk: Id, wanted: schemas.NewAnnotation) -> Status[dict[str, Any]]:
    """The passage is found by its words. Where they stand several times, ``start``, or ``prefix`` and ``suffix``, say which is meant."""
    article = get_object_or_404(Article.objects.select_related("text"), pk=pk)
    values = _checked(wanted, {}, wanted.exact)
    passage = None
    if wanted.exact:
        passage = anchors.find(
            article.text.body, wanted.exact, start=wanted.start, prefix=wanted.prefix, suffix=wanted.suffix
        )
        if passage is None:
            raise WrongValuesError("Nothing was changed.", [{"parameter": "exact", "messages": [LOST]}])
    with _refusals():
        made = notes.add(request.user, Annotation(article=article, **values), passage)
    return Status(201, _given(made))


@router.patch("/annotations/{pk}", response=answers(schemas.Annotation), summary="Change or review an annotation")
def change_annotation(
    request: HttpRequest, pk: Id, version: Version, wanted: schemas.ChangedAnnotation
) -> dict[str, Any]:
    """What is left out stays. ``state`` is for those who review."""
    given = wanted.dict(exclude_unset=True)
    state = given.pop("state", None)
    with _refusals():
        note = notes.find_to_change(request.user, pk) if given else notes.find(request.user, pk)
        if given:
            note = notes.change(note, _checked(wanted, _held(note), note.exact), version)
        if state:
            note = notes.review(request.user, note, state, note.version if given else version)
    return _given(note)


@router.delete("/annotations/{pk}", response=answers(None, 204), summary="Withdraw an annotation: its history stays")
def withdraw_annotation(request: HttpRequest, pk: Id, version: Version) -> Status[None]:
    with _refusals():
        notes.withdraw(notes.find_to_change(request.user, pk), version)
    return Status(204, None)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the notes refuse, as the API says it."""
    try:
        yield
    except PermissionDenied as error:
        raise HttpError(403, "You may not do this.") from error
    except notes.ChangedMeanwhileError as error:
        raise HttpError(409, f"It has changed meanwhile: version {error.note.version} holds now.") from error
    except notes.HasRepliesError as error:
        raise HttpError(409, "Others have replied to it: it cannot become private.") from error


def _faults(form: Form) -> list[dict[str, Any]]:
    return [{"parameter": name, "messages": list(map(str, messages))} for name, messages in form.errors.items()]


def _checked(wanted: Any, held: dict[str, Any], exact: str) -> dict[str, Any]:
    """The form of the reader says what is wrong: one set of rules for both."""
    given = wanted.dict(exclude_unset=bool(held), include=set(notes.WRITTEN))
    data = {**held, **given}
    form = NoteForm({**data, "tags": ",".join(data["tags"])})
    if form.is_valid() and not (exact or data["body"].strip()):
        form.add_error("body", notes.EMPTY)
    if faults := _faults(form):
        raise WrongValuesError("Nothing was changed.", faults)
    return {name: form.cleaned_data[name] for name in (given if held else notes.WRITTEN)}


def _held(note: Annotation) -> dict[str, Any]:
    return {"kind": note.kind_id, "body": note.body, "tags": note.tag_list, "visibility": note.visibility}


def _given(note: Annotation) -> dict[str, Any]:
    return {
        "id": note.pk,
        "article": note.article_id,
        "reply_to": note.parent_id,
        "author": note.author.get_username() if note.author else None,
        **_held(note),
        "state": note.state,
        "exact": note.exact,
        "prefix": note.prefix,
        "suffix": note.suffix,
        "start": note.start,
        "end": note.end,
        "anchored": note.anchored,
        "created": note.created.isoformat(),
        "updated": note.updated.isoformat(),
        "version": note.version,
    }
