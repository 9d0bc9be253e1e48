"""Write articles, with what holds of them, to a file."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from newsdesk.articles.output import open_output
from newsdesk.reader.exports import EXPORTS
from newsdesk.reader.filters import ArticleFilter
from newsdesk.search import index


class Command(BaseCommand):
    help = "Write the articles of a filter, newest first, undated ones last."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=sorted(EXPORTS), default="jsonl")
        parser.add_argument(
            "--filter",
            default="",
            help='as in the address of the list: "country=AZ&topic=karabakh&published_after=2022"',
        )
        parser.add_argument("--output", default="-", help="file to write (default: standard output)")

    def handle(self, **options: Any) -> None:
        data = QueryDict(options["filter"].removeprefix("?"))
        if unknown := set(data) - set(ArticleFilter.base_filters) - {"page"}:
            known = ", ".join(ArticleFilter.base_filters)
            raise CommandError(f"--filter: there is no {', '.join(sorted(unknown))}. There are: {known}.")
        articles = ArticleFilter(data)
        if not articles.is_valid():
            faults = "; ".join(f"{fault.name}: {' '.join(fault.messages)}" for fault in articles.faults)
            raise CommandError(f"--filter: {faults}")
        ids = index.page(articles.ids, offset=0, size=len(articles.ids), newest_first=articles.order != "oldest")
        with open_output(options["output"]) as out:
            out.writelines(EXPORTS[options["format"]](ids))
