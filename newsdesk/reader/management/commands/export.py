"""Write articles, with what holds of them, to a file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils import translation

from newsdesk.articles.output import open_output
from newsdesk.people.access import User
from newsdesk.reader.downloads import ids_of, title_of
from newsdesk.reader.exports import EXPORTS
from newsdesk.reader.exports.citations import STYLES
from newsdesk.reader.exports.selection import ORDERS, Options, Selection
from newsdesk.reader.filters import ArticleFilter


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
        parser.add_argument("--notes", action="store_true", help="with the notes that --reader may see")
        parser.add_argument("--private", action="store_true", help="with those notes, too, that --reader alone sees")
        parser.add_argument("--reader", default="", help="user name (default: nobody, who sees what is published)")
        parser.add_argument("--style", choices=sorted(STYLES), default=Options().style, help="of citations")
        parser.add_argument("--order", choices=[one for one in ORDERS if one], default="", help="date: the first first")
        parser.add_argument("--bom", action="store_true", help="CSV begins with a byte order mark, for Excel")
        parser.add_argument("--language", default=None, help="of the words around the articles: en or ru")
        parser.add_argument(
            "--site", default="http://127.0.0.1:8000", help="where the desk is served, for the addresses in the file"
        )

    def handle(self, **options: Any) -> None:
        with translation.override(options["language"] or translation.get_language()):
            self._export(options)

    def _export(self, options: dict[str, Any]) -> None:
        reader = find_reader(options["reader"])
        articles = read_filter(options["filter"], reader)
        wanted = EXPORTS[options["format"]]
        if refusal := wanted.refusal(len(articles.ids)):
            raise CommandError(refusal)
        chosen = Options(**{name: options[name] for name in ("notes", "private", "style", "order", "bom")})
        site = options["site"].rstrip("/")
        selection = Selection(
            ids_of(articles, chosen),
            title=title_of(articles),
            query=articles.requested.query.removeprefix("?"),
            url=site + articles.requested.url,
            site=site,
            user=reader,
            options=chosen,
        )
        with open_output(options["output"]) as out:
            for part in wanted.write(selection):
                if isinstance(part, bytes):
                    out.flush()
                    out.buffer.write(part)
                else:
                    out.write(part)


def read_filter(text: str, reader: User) -> ArticleFilter:
    data = QueryDict(text.removeprefix("?"))
    if unknown := set(data) - set(ArticleFilter.base_filters) - {"page"}:
        known = ", ".join(ArticleFilter.base_filters)
        raise CommandError(f"--filter: there is no {', '.join(sorted(unknown))}. There are: {known}.")
    articles = ArticleFilter(data, reader)
    if not articles.is_valid():
        faults = "; ".join(f"{fault.name}: {' '.join(map(str, fault.messages))}" for fault in articles.faults)
        raise CommandError(f"--filter: {faults}")
    return articles


def find_reader(name: str) -> User:
    if not name:
        return AnonymousUser()
    users = get_user_model()
    found: User | None = users.objects.filter(**{users.USERNAME_FIELD: name}).first()
    if found is None:
        raise CommandError(f"--reader: there is nobody called {name}.")
    return found
