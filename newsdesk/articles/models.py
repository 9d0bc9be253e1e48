"""The stored corpus. Machine claims, human corrections and what holds in the end are kept apart:

`Claims` is what the pipeline said, `Correction` what a person said, and the columns of `Article` with the rows of
`ArticleCountry` and `ArticleTopic` are what holds (see store.py, which is the only writer of all of them).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsdesk.articles.fields import PackedJSONField, PackedTextField, PlainEncoder
from newsdesk.articles.queries import ArticleQuerySet, StoryQuerySet
from newsdesk.people.history import keep_what_was
from newsdesk.pipeline.cleaning.profile import LONGEST
from newsdesk.pipeline.document import Cut, Decision, body_of


def name_field() -> str:
    """The column that holds a name for this reader: names are kept in two languages."""
    return "name_ru" if (get_language() or "").startswith("ru") else "name_en"


class Country(models.Model):
    """A state, a territory, or a disputed region with a row of its own."""

    class Kind(models.TextChoices):
        STATE = "state", pgettext_lazy("country", "state")
        TERRITORY = "territory", _("territory")
        DISPUTED = "disputed", _("disputed region")
        FORMER = "former", _("former state")

    code = models.CharField(_("code"), max_length=8, primary_key=True, help_text=_("ISO 3166-1 alpha-2, or our own"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STATE)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    names = models.JSONField(
        _("names to match"),
        default=dict,
        blank=True,
        help_text=_('By language and kind, as {"en": {"name": [], "demonym": [], "capital": [], "city": []}}'),
    )
    claimants = models.ManyToManyField(
        "self", verbose_name=_("claimants"), symmetrical=False, blank=True, related_name="claims"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return str(getattr(self, name_field()))


class Topic(models.Model):
    """A saved query: an article has the topic when the rule matches it."""

    slug = models.SlugField(_("slug"), primary_key=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    rule = models.TextField(_("rule"), help_text=_('In the query language: карабах* OR "Nagorno-Karabakh"'))
    description = models.TextField(_("description"), blank=True)
    active = models.BooleanField(_("active"), default=True)
    retagged_to = models.PositiveBigIntegerField(
        null=True,
        editable=False,
        help_text="the last article whose evidence follows the rule, where the rule was changed; null: all do",
    )

    history = HistoricalRecords(excluded_fields=["retagged_to"])

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return str(getattr(self, name_field()))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What came with the desk has no history: it begins with what stood there before the first change."""
        keep_what_was(self)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.pk])


class Source(models.Model):
    """The publication that an article comes from."""

    slug = models.SlugField(_("slug"), primary_key=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=100)
    domains = models.JSONField(_("domains"), default=list, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    country = models.ForeignKey(Country, models.SET_NULL, verbose_name=_("country"), null=True, blank=True)
    profiled = models.PositiveIntegerField(_("articles when its lines were counted"), default=0, editable=False)
    profiled_different = models.PositiveIntegerField(_("different ones among them"), default=0, editable=False)

    history = HistoricalRecords(excluded_fields=["profiled", "profiled_different"])

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SourceLine(models.Model):
    """A line of the profile of a source: it returns in its articles, or an editor decided on it.

    ``line`` is folded, ``text`` an example as it stood (see pipeline/cleaning/profile). ``articles``: how many
    different articles of the source have it, copies counted once; null where that was not counted yet.
    """

    class Decision(models.TextChoices):
        EVIDENCE = "", _("by evidence")
        ALWAYS = "always", pgettext_lazy("decision", "always cut")
        NEVER = "never", pgettext_lazy("decision", "never cut")

    source = models.ForeignKey(Source, models.CASCADE, verbose_name=_("source"), related_name="lines")
    line = models.CharField(max_length=LONGEST, editable=False)
    text = models.TextField(_("line"))
    articles = models.PositiveIntegerField(_("articles that have it"), null=True, blank=True, editable=False)
    decision = models.CharField(_("decision"), max_length=6, choices=Decision, default=Decision.EVIDENCE, blank=True)

    history = HistoricalRecords(excluded_fields=["articles"])

    class Meta:
        verbose_name = _("line of a source")
        verbose_name_plural = _("lines of sources")
        ordering = (models.F("articles").desc(nulls_last=True), "pk")
        constraints = [models.UniqueConstraint(fields=["source", "line"], name="one_row_a_line")]

    def __str__(self) -> str:
        return self.text


class Story(models.Model):
    """The articles about one event. ``size``, ``first`` and ``last`` follow the articles."""

    title = models.CharField(_("title"), max_length=300, blank=True)
    size = models.PositiveIntegerField(_("articles"), default=0, editable=False)
    first = models.DateField(_("first article"), null=True, editable=False)
    last = models.DateField(_("last article"), null=True, editable=False)

    objects = StoryQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ("-last", "-pk")

    def __str__(self) -> str:
        """What an editor called it; else its first article, where `StoryQuerySet.with_first_title` has read that."""
        return self.title or getattr(self, "first_title", "") or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk])


class Article(models.Model):
    """What holds of an article, narrow on purpose: the text lies in `ArticleText`."""

    class Precision(models.TextChoices):
        MINUTE = "minute", _("to the minute")
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")
        YEAR = "year", _("to the year")

    class Provenance(models.TextChoices):
        HEADER = "header", _("date line")
        METADATA = "metadata", _("page metadata")
        URL = "url", _("address")
        TEXT = "text", _("text")
        STORY = "story", _("story")
        CORRECTION = "correction", _("correction")
        NONE = "none", _("not known")

    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001  (null until processed; "" is not unique)
    source = models.ForeignKey(Source, models.SET_NULL, verbose_name=_("source"), null=True, blank=True)
    source_path = models.CharField(_("file"), max_length=500, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True, validators=[URLValidator(["http", "https"])])
    collected = models.DateTimeField(_("collected"), null=True, blank=True)
    collected_at_import = models.BooleanField(
        null=True,
        editable=False,
        help_text="whether it is the time of the import, and not what the file says; null: not known",
    )

    title = models.CharField(_("title"), max_length=500, blank=True)
    title_stands_in = models.BooleanField(_("first sentence in place of a title"), default=False)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    section = models.CharField(_("section"), max_length=100, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="und")
    published = models.DateField(_("published"), null=True, blank=True)
    published_value = models.CharField(_("published, as claimed"), max_length=32, blank=True)
    published_precision = models.CharField(_("precision"), max_length=8, choices=Precision, blank=True)
    published_provenance = models.CharField(_("date from"), max_length=10, choices=Provenance, default=Provenance.NONE)
    published_confidence = models.FloatField(_("confidence"), default=0.0)
    words = models.PositiveIntegerField(_("words"), default=0)
    story = models.ForeignKey(
        Story, models.SET_NULL, verbose_name=_("story"), null=True, blank=True, related_name="articles"
    )
    processed = models.DateTimeField(_("processed"), null=True, blank=True)

    countries = models.ManyToManyField(Country, through="ArticleCountry", related_name="articles")
    topics = models.ManyToManyField(Topic, through="ArticleTopic", related_name="articles")

    objects = ArticleQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["summary", "words", "processed"])

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-published", "-published_value", "-pk")
        indexes = [
            models.Index(fields=["-published", "-published_value", "-id"], name="article_newest"),
            models.Index(fields=["processed"], name="article_pending", condition=Q(processed=None)),
        ]

    def __str__(self) -> str:
        return self.title or self.source_path or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])


class ArticleText(models.Model):
    """The raw text, and what was cut from it. ``original`` is what it was read from, compressed by zlib, where that was
    not the same text in UTF-8: a file in another encoding, a page, a text that had to be repaired."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="text")
    raw_text = PackedTextField(_("raw text"))
    cuts = models.JSONField(_("cuts"), default=list, help_text=_("[start, end, reason, score, rule], in order"))
    metadata = models.JSONField(_("metadata"), default=dict)
    main = models.JSONField(default=list)
    markup = models.TextField(default="")
    encoding = models.CharField(_("encoding"), max_length=32, default="utf-8")
    repairs = models.JSONField(_("repairs"), default=list)
    original = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return f"text of {self.article_id}"

    @property
    def cut_spans(self) -> tuple[Cut, ...]:
        return tuple(Cut(*cut) for cut in self.cuts)

    @property
    def body(self) -> str:
        return body_of(self.raw_text, self.cut_spans)


class ArticleVersion(models.Model):
    """An earlier raw text of an article whose file was ingested again with changes."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    digest = models.CharField(max_length=64)
    raw_text = PackedTextField()
    replaced = models.DateTimeField(_("replaced"), auto_now_add=True)

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ("-replaced",)

    def __str__(self) -> str:
        return f"{self.article_id} until {self.replaced:%Y-%m-%d %H:%M}"


class Claims(models.Model):
    """All that the machine says about one article, with evidence; replaced whole by each run of the pipeline."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="claims")
    claims = models.JSONField(default=dict, encoder=PlainEncoder)
    fingerprint = PackedJSONField(default=dict)

    class Meta:
        verbose_name = _("machine claims")
        verbose_name_plural = _("machine claims")

    def __str__(self) -> str:
        return f"claims of {self.article_id}"


class ArticleCountry(models.Model):
    class Role(models.TextChoices):
        ABOUT = "about", _("about")
        MENTIONED = "mentioned", _("mentioned")

    article = models.ForeignKey(Article, models.CASCADE, related_name="country_rows")
    country = models.ForeignKey(Country, models.CASCADE, related_name="article_rows")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    corrected = models.BooleanField(_("set by a person"), default=False)

    class Meta:
        verbose_name = _("country of an article")
        verbose_name_plural = _("countries of articles")
        constraints = [models.UniqueConstraint(fields=["article", "country"], name="one_role_a_country")]

    def __str__(self) -> str:
        return f"{self.country_id} ({self.role})"


class ArticleTopic(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="topic_rows")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="article_rows")
    corrected = models.BooleanField(_("set by a person"), default=False)

    class Meta:
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="one_row_a_topic")]

    def __str__(self) -> str:
        return self.topic_id


class Correction(models.Model):
    """A person's claim in place of the machine's. Deleting it withdraws it; the history keeps it.

    ``value``: a string for title, section, author, language and published (ISO 8601, or "" for "no date"); for
    country, under the code as key: "about", "mentioned" or "none"; for topic, under the slug as key: true or false;
    for story: the id of the story that the article is pinned to, or null for "on its own"; for cut, under
    ``start-end`` in the raw text as key: ``{"keep": true or false, "text": the beginning of those words}``.
    """

    EXCERPT = 120  # characters of the words that were kept or cut: for people, when the text is another one

    class Field(models.TextChoices):
        TITLE = "title", _("title")
        SECTION = "section", _("section")
        AUTHOR = "author", _("author")
        LANGUAGE = "language", _("language")
        PUBLISHED = "published", _("published")
        COUNTRY = "country", _("country")
        TOPIC = "topic", _("topic")
        STORY = "story", _("story")
        CUT = "cut", _("cut or kept text")

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    field = models.CharField(_("field"), max_length=10, choices=Field)
    key = models.CharField(
        _("key"), max_length=50, blank=True, help_text=_("Country code, topic slug or place in the raw text")
    )
    value = models.JSONField(_("value"), null=True)
    note = models.TextField(_("reason"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), null=True, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("field", "key")
        constraints = [
            models.UniqueConstraint(fields=["article", "field", "key"], name="one_correction_a_field"),
            models.CheckConstraint(
                condition=Q(field__in=["country", "topic", "cut"]) ^ Q(key=""), name="key_where_many_may_hold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.key}".strip()

    @property
    def decision(self) -> Decision:
        """Of a correction of the field ``cut``."""
        start, end = map(int, self.key.split("-"))
        return Decision(start, end, (self.value or {})["keep"])

    @property
    def excerpt(self) -> str:
        """Of a correction of the field ``cut``: its first words."""
        return str((self.value or {})["text"])

    def decide(self, decision: Decision, raw_text: str) -> None:
        """Let this correction be of the field ``cut``, and say ``decision``."""
        self.field, self.key = self.Field.CUT, f"{decision.start}-{decision.end}"
        excerpt = raw_text[decision.start : min(decision.end, decision.start + self.EXCERPT)]
        self.value = {"keep": decision.keep, "text": excerpt}
