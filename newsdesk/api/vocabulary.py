"""Topics and stories."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from newsdesk.api import schemas
from newsdesk.api.articles import Id, Limit, rows
from newsdesk.api.paging import PER_PAGE, read_number
from newsdesk.api.schemas import answers
from newsdesk.articles.models import Article, Story, Topic
from newsdesk.search import index

router = Router(tags=["topics and stories"])
Least = Annotated[int, Query(ge=1, lt=2**31)]
MOST_OF_A_STORY = 1000  # articles that are given with it; the list, filtered by story, has all


@router.get("/topics", response=answers(list[schemas.Topic]), summary="All topics, with how many articles each has")
def list_topics(request: HttpRequest) -> list[dict[str, Any]]:
    counts = index.counts("topic", index.everything())
    return [_topic(topic, counts) for topic in Topic.objects.all()]


@router.get("/topics/{slug}", response=answers(schemas.Topic), summary="One topic")
def get_topic(request: HttpRequest, slug: str) -> dict[str, Any]:
    return _topic(get_object_or_404(Topic, pk=slug), index.counts("topic", index.everything()))


@router.get("/stories", response=answers(schemas.Stories), summary="Stories, the newest made first")
def list_stories(request: HttpRequest, cursor: str = "", limit: Limit = PER_PAGE, least: Least = 2) -> dict[str, Any]:
    """``least``: articles that a story has at least."""
    stories = Story.objects.filter(size__gte=least).order_by("-pk")
    if cursor:
        stories = stories.filter(pk__lt=read_number(cursor))
    found = list(stories.with_first_title()[: limit + 1])
    items = found[:limit]
    return {
        "items": [_story(request, story) for story in items],
        "next": str(items[-1].pk) if len(found) > limit else None,
    }


@router.get("/stories/{pk}", response=answers(schemas.StoryWithArticles), summary="A story and its articles")
def get_story(request: HttpRequest, pk: Id) -> dict[str, Any]:
    story = get_object_or_404(Story.objects.with_first_title(), pk=pk)
    ids = Article.objects.filter(story=story).in_time().values_list("pk", flat=True)[:MOST_OF_A_STORY]
    return {**_story(request, story), "articles": rows(request, ids)}


def _topic(topic: Topic, counts: dict[str, int]) -> dict[str, Any]:
    names = ("slug", "name_en", "name_ru", "rule", "description", "active")
    return {name: getattr(topic, name) for name in names} | {"count": counts.get(topic.pk, 0)}


def _story(request: HttpRequest, story: Story) -> dict[str, Any]:
    return {
        "id": story.pk,
        "title": str(story),
        "size": story.size,
        "first": story.first.isoformat() if story.first else None,
        "last": story.last.isoformat() if story.last else None,
        "page": request.build_absolute_uri(story.get_absolute_url()),
    }
