"""Films with what makes them for everyone, and series of them.

A draft may lack anything. What is not for everyone yet does not become public, by whichever way:
`Video.unready` says why.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page

from balise.awareness.publications.models.captions import CaptionsField
from balise.awareness.publications.models.files import Paper
from balise.awareness.publications.models.pages import Text
from balise.awareness.publications.models.published import Published, ReadingPanel
from balise.awareness.publications.rules import watching, webvtt
from balise.awareness.publications.rules.watching import FEATURES, SOURCES, player
from balise.awareness.publications.rules.webvtt import outside, sites
from balise.foundation.web.doors import open_to

LAST_EPISODE: Final = 999


class Series(Text):
    """Films in an order: each names its series and its place there."""

    KIND = "series"

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")


class VideoForm(WagtailAdminPageForm):
    """The page of a film: a draft may lack what a public one has."""

    def _post_clean(self) -> None:
        """Refuse to publish now or at a minute what is not ready; each word stays in its box."""
        super()._post_clean()
        if not self.is_deferred_validation:
            for name, why in self.instance.unready():
                if name not in self.errors:
                    self.add_error(name, why)


class Video(Text):
    """A film of our own, or one at another site; the text beside it is the family sheet."""

    KIND = "video"

    film = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("film"),
        help_text=_("A WebM or MP4 file of at most 200 MB."),
    )
    outside = models.URLField(
        _("film at another site"),
        blank=True,
        help_text=_("The address of its page. Readers go there after a press, never before."),
    )
    captions = CaptionsField(
        _("captions"), help_text=_("WebVTT. What is said, who says it, and sounds that matter.")
    )
    described = models.BooleanField(
        _("captions also say what is seen"),
        default=False,
        help_text=_("Then no transcript is needed."),
    )
    transcript = models.TextField(
        _("transcript"), blank=True, help_text=_("All that is said and seen, as a text to read.")
    )
    chapters = models.TextField(
        _("chapters"), blank=True, help_text=_("A line each: “0:42 The garden”. Or WebVTT.")
    )
    sheet = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("family sheet to print"),
    )
    part_of = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("series"),
    )
    episode = models.PositiveSmallIntegerField(_("episode"), default=0)

    base_form_class = VideoForm
    content_panels = (
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        MultiFieldPanel([FieldPanel("film"), FieldPanel("outside")], heading=_("Film")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("captions", "described", "transcript", "chapters")],
            heading=_("For everyone"),
        ),
        FieldPanel("body", heading=_("Family sheet")),
        ReadingPanel(),
        FieldPanel("sheet"),
        MultiFieldPanel(
            [PageChooserPanel("part_of"), FieldPanel("episode")], heading=_("In a series")
        ),
    )

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def clean(self) -> None:
        """Refuse a number that no episode has."""
        super().clean()
        if self.episode > LAST_EPISODE:
            raise ValidationError({"episode": _("Enter a number up to 999.")})

    def unready(self) -> Iterator[tuple[str, str]]:
        """Yield what a film lacks that everyone needs."""
        if bool(self.film) == bool(self.outside):
            yield "film", gettext("Choose a film, or write the address of one at another site.")
        elif self.film:
            yield from self._unready_here()
        else:
            yield from self._unready_outside()
        if not (self.transcript.strip() or self.described):
            yield (
                "transcript",
                gettext("Write a transcript, or tick that the captions say what is seen."),
            )

    def _unready_here(self) -> Iterator[tuple[str, str]]:
        kind, seconds = self._told()
        if not kind:
            yield "film", gettext("This file is not a film: choose a WebM or an MP4 file.")
        own = self.locale.language_code
        if own not in self.captions:
            yield (
                "captions",
                gettext("Without captions it is not for everyone. Add captions in: %(language)s.")
                % {"language": _named(own)},
            )
        for language, text in self.captions.items():
            try:
                webvtt.cues(text, seconds=seconds)
            except webvtt.CaptionsFaulty as fault:
                yield "captions", f"{_named(language)}: {fault}"
        try:
            webvtt.chapters(self.chapters, seconds=seconds)
        except webvtt.CaptionsFaulty as fault:
            yield "chapters", str(fault)

    def _unready_outside(self) -> Iterator[tuple[str, str]]:
        known = sites(settings.COUNTRY)
        if outside(self.outside, known) is None:
            names = ", ".join(site.name for site in known)
            yield (
                "outside",
                gettext("We know no player for this address. Known sites: %(names)s.")
                % {"names": names},
            )
        if "captions" not in self.access:
            yield (
                "access",
                gettext("Check that the film has captions there, then tick it here."),
            )

    def _told(self) -> tuple[str, float]:
        """Return the media type and the length in seconds that the file of the film tells."""
        if self.film is None:
            return "", 0
        with self.film.file.open() as file:
            kind = watching.kind_of(file.read(watching.HEAD))
            return kind, watching.seconds_of(file)

    def codes(self) -> dict[str, list[str]]:
        """Return its codes; captions and descriptions are known, not ticked."""
        found = super().codes()
        known = [
            *(["captions"] if self.captions else []),
            *(["described"] if self.described else []),
        ]
        formats = ["watch", *(["print"] if self.sheet else [])]
        access = list(dict.fromkeys([*known, *self.access]))
        return {**found, "access": access, "format": formats}

    def printed(self) -> Paper | None:
        """Return the family sheet to print."""
        return self.sheet

    def drawn_from(self) -> str:
        """Return a fingerprint of all that its public row is drawn from, film and series too."""
        film = self.film.file.name if self.film else ""
        own = f"{super().drawn_from()} {film} {self._series_slug()}"
        return sha256(own.encode()).hexdigest()

    def _series_slug(self) -> str:
        return self.part_of.slug if self.part_of and self.part_of.live else ""

    def as_published(self) -> Published:
        """Return what the public door would show of it, not saved."""
        row = super().as_published()
        row.part_of, row.episode = self._series_slug(), self.episode
        row.video = self._elsewhere() if self.outside else self._here()
        row.video["transcript"] = self.transcript
        return row

    def _here(self) -> dict[str, Any]:
        kind, seconds = self._told()
        return {
            "film": self.film.file.url if self.film else "",
            "type": kind,
            "bytes": self.film.file.size if self.film else 0,
            "seconds": round(seconds),
            "credit": self.film.credit if self.film else "",
            "captions": self.captions,
            "described": self.described,
            "chapters": _as_far_as_read(self.chapters),
        }

    def _elsewhere(self) -> dict[str, Any]:
        found = outside(self.outside, sites(settings.COUNTRY))
        if found is None:
            return {}
        company = found.site.company.in_language(self.locale.language_code)
        return {
            "site": found.site.name,
            "company": company,
            "frame": found.frame,
            "origin": found.origin,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, object]:
        """Return what a preview shows, with the player; captions have no address before."""
        context = super().get_context(request, *args, **kwargs)
        shown = cast("Published", context["page"])
        return {**context, "player": player(shown, is_public=False)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a preview, which may play the film."""
        answer: HttpResponse = super().serve_preview(request, mode_name)
        return open_to(answer, SOURCES, FEATURES)


def _named(language: str) -> str:
    return dict(settings.LANGUAGES).get(language, language)


def _as_far_as_read(chapters: str) -> list[list[object]]:
    """Return chapters as they are stored; none in the preview of a draft that has a fault."""
    try:
        return [[each.begins, each.title] for each in webvtt.chapters(chapters)]
    except webvtt.CaptionsFaulty:
        return []
