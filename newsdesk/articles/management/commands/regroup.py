"""Group all articles into stories anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from newsdesk.articles import stories


class Command(BaseCommand):
    help = "Group all articles into stories anew. What editors merged, split or pinned holds."

    def handle(self, **_options: Any) -> None:
        done = stories.regroup()
        self.stdout.write(
            f"{done.articles} articles, {done.stories} stories of two or more, {done.moved} articles moved, "
            f"{done.dated} dates from stories changed."
        )
