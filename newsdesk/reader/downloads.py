"""Taking articles away: the sheet that offers the formats, and the files. Of a list here; of a collection in collection.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from newsdesk.http import render_page, wants_partial
from newsdesk.reader.addresses import MORE
from newsdesk.reader.exports import EXPORTS, Export
from newsdesk.reader.exports.brief import POLICY
from newsdesk.reader.exports.notes import Wanted, count_notes
from newsdesk.reader.exports.selection import Options, OptionsForm, Selection
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.saved_views import OpenView
from newsdesk.search import index

PIECE = 64 * 1024  # characters that are sent at once
LONGEST_HEADER = 2_000
PAGE = "html"  # the format that is also shown as a page, to be printed


@dataclass(frozen=True, slots=True)
class Choice:
    """A format on the sheet. ``refusal``: why it cannot be had of so many articles."""

    name: str
    export: Export
    url: str
    refusal: str


class TakeAway:
    """The sheet. ``carried`` are the parameters that name the list, to go along as hidden inputs."""

    def __init__(self, request: HttpRequest, selection: Selection, form: OptionsForm, back: str) -> None:
        self.request = request
        self.selection = selection
        self.form = form
        self.back = back
        self.carried: list[tuple[str, str]] = []

    @cached_property
    def notes(self) -> int:
        """How many there are that this reader may see, without those that they keep to themselves."""
        return count_notes(self.selection.ids, Wanted(self.selection.user))

    @cached_property
    def private(self) -> int:
        return count_notes(self.selection.ids, Wanted(self.selection.user, private=True)) - self.notes

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        choices = [
            Choice(name, one, f"{self.request.path}{name}/", one.refusal(len(self.selection.ids)))
            for name, one in EXPORTS.items()
        ]
        return [(label, list(some)) for label, some in groupby(choices, key=lambda choice: str(choice.export.group))]

    @property
    def page_url(self) -> str:
        return f"{self.request.path}{PAGE}/"


@require_safe
@vary_on_cookie
def take_away(request: HttpRequest) -> HttpResponse:
    """The list's: the same filters in the address."""
    articles = ArticleFilter(request.GET, request.user)
    if not articles.is_valid():
        return refuse(request, [f"{fault.label}: {' '.join(map(str, fault.messages))}" for fault in articles.faults])
    form = OptionsForm(initial={"notes": True, "order": "date"})
    sheet = TakeAway(request, select(request, articles, Options()), form, articles.address.url)
    sheet.carried = articles.address.without(MORE)
    return show_sheet(request, sheet)


@require_safe
@vary_on_cookie
@never_cache
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    articles, form = ArticleFilter(request.GET, request.user), OptionsForm(request.GET)
    if not articles.is_valid() or not form.is_valid():
        faults = [f"{fault.label}: {' '.join(map(str, fault.messages))}" for fault in articles.faults]
        faults += [f"{form.fields[field].label}: {' '.join(map(str, said))}" for field, said in form.errors.items()]
        return refuse(request, faults)
    return send(request, select(request, articles, Options.of(form)), name)


def select(request: HttpRequest, articles: ArticleFilter, options: Options) -> Selection:
    address = articles.requested.plain
    opened = OpenView(articles, request.user)
    site = f"{request.scheme}://{request.get_host()}"
    return Selection(
        ids_of(articles, options),
        title=opened.view.name if opened.view and not opened.changed else title_of(articles),
        query=address.query.removeprefix("?"),
        url=site + address.url,
        site=site,
        user=request.user,
        options=options,
    )


def title_of(articles: ArticleFilter) -> str:
    """What the list is filtered by."""
    return ", ".join(f"{'−' if chip.excluded else ''}{chip.text}" for chip in articles.chips)


def ids_of(articles: ArticleFilter, options: Options) -> Sequence[int]:
    """All articles of the list: where it shows one for a story, its others too."""
    if options.order == "date":
        return index.page(articles.ids, offset=0, size=len(articles.ids), newest_first=False)
    if articles.order == "relevance" and articles.query:
        return index.page_by_rank(articles.query, articles.ids, offset=0, size=len(articles.ids), noted=articles.noted)
    return index.page(articles.ids, offset=0, size=len(articles.ids), newest_first=articles.order == "newest")


def show_sheet(request: HttpRequest, sheet: TakeAway) -> HttpResponse:
    context = {"sheet": sheet, "partial": wants_partial(request)}
    return render_page(request, "reader/take_away.html", context, partial="sheet")


def refuse(request: HttpRequest, faults: list[str]) -> HttpResponse:
    """Nothing is exported where not all that was asked for is understood."""
    return render(request, "reader/not_exported.html", {"faults": faults}, status=400)


def send(request: HttpRequest, selection: Selection, name: str) -> HttpResponseBase:
    """The file; or, of the HTML brief with ``open=1``, the page."""
    if (wanted := EXPORTS.get(name)) is None:
        raise Http404
    if refusal := wanted.refusal(len(selection.ids)):
        return refuse(request, [refusal])
    return stream(selection, wanted, shown=name == PAGE and "open" in request.GET)


def stream(selection: Selection, wanted: Export, *, shown: bool = False) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        in_pieces(in_language(wanted.write(selection), translation.get_language())),
        content_type=f"{wanted.content_type}{'; charset=utf-8' if wanted.content_type.startswith('text/') else ''}",
    )
    way = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{file_name(selection, wanted)}"'
    response["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'none'; sandbox allow-popups allow-modals"
    response["X-Content-Type-Options"] = "nosniff"
    for key, value in selection.statement.items():
        if key not in ("title", "address"):
            response[f"Newsdesk-{key.capitalize()}"] = str(value)[:LONGEST_HEADER]
    return response


def file_name(selection: Selection, wanted: Export) -> str:
    """Of ids and times alone: nothing that anybody wrote."""
    return f"newsdesk-{selection.name}-{selection.made:%Y-%m-%d-%H%M}.{wanted.extension}"


def in_language(parts: Iterator[str] | Iterator[bytes], language: str | None) -> Iterator[str | bytes]:
    """A file is written while it is sent, when the request that chose its language is over."""
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def in_pieces(parts: Iterator[str | bytes]) -> Iterator[bytes]:
    """Few large ones in place of many small ones."""
    kept, size = [], 0
    for part in parts:
        piece = part.encode("utf-8", "replace") if isinstance(part, str) else part
        kept.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(kept)
            kept, size = [], 0
    yield b"".join(kept)
