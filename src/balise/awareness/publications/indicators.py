"""The figures of the catalogue that a committee speaks of, defined."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation.statistics.indicators import Counts, Indicator, Level


def _labels(facet: str) -> Mapping[str, object]:
    language = (get_language() or "en")[:2]
    terms = taxonomy(settings.COUNTRY)[facet].terms
    return {code: term.label.in_language(language) for code, term in terms.items()}


INDICATORS = (
    Indicator(
        code="RES-N",
        line="awareness",
        name=_("Free tools of the catalogue"),
        definition=_(
            "A sheet, workshop, guide, game, poster, comic or kit counts once, in however many "
            "languages, from the day it is public until the day it is not. All of the catalogue "
            "is free. Advice, news, videos and series are not in it."
        ),
        unit=ngettext_lazy("%(many)s tool", "%(many)s tools", "count"),
        source=Level(Counts("awareness.tools"), Counts("awareness.tools-taken")),
        owner=_("Publications: the catalogue"),
        by="kind",
        labels=lambda: _labels("kind"),
    ),
    Indicator(
        code="RES-TOP",
        line="awareness",
        name=_("Free tools of the catalogue, by topic"),
        definition=_(
            "Each topic of a tool counts once, on the same days as the tool. A tool has one topic "
            "or several, so the topics add up to more than the tools."
        ),
        unit=npgettext_lazy("tools", "%(many)s topic", "%(many)s topics", "count"),
        source=Level(
            Counts("awareness.tool-topics"),
            Counts("awareness.tool-topics-cleared"),
            overlaps=True,
        ),
        owner=_("Publications: the catalogue"),
        by="topic",
        labels=lambda: _labels("topic"),
    ),
)
