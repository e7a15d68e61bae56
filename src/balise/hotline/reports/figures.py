"""The figures of reports, contents and verdicts, in words."""

from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.countries import country_names
from balise.foundation.statistics.boards import Figure, Form, days_taken_labels
from balise.hotline.reports.rules.categories import category_names
from balise.hotline.reports.rules.known import TURNS, Way
from balise.hotline.reports.rules.words import AgeBand, Channel, Ground, Verdict
from balise.takedown.law.rules.items import FACTS

_REPORTS = ngettext_lazy("%(many)s report", "%(many)s reports", "count")
_CONTENTS = ngettext_lazy(
    "%(many)s reported piece of content", "%(many)s reported pieces of content", "count"
)
_KNOWN = ngettext_lazy(
    "%(many)s piece of content already known", "%(many)s pieces of content already known", "count"
)
_FINISHED = ngettext_lazy("%(many)s complete report", "%(many)s complete reports", "count")
_VERDICTS = ngettext_lazy("%(many)s verdict", "%(many)s verdicts", "count")
_REVIEWS = ngettext_lazy("%(many)s review", "%(many)s reviews", "count")
_ILLEGAL = ngettext_lazy(
    "%(many)s illegal piece of content", "%(many)s illegal pieces of content", "count"
)
_ITEMS = ngettext_lazy("%(many)s illegal item", "%(many)s illegal items", "count")
_REMOVED = ngettext_lazy(
    "%(many)s piece of content removed", "%(many)s pieces of content removed", "count"
)
_TOLD = ngettext_lazy("%(many)s police dossier sent", "%(many)s police dossiers sent", "count")
_BACK = ngettext_lazy(
    "%(many)s piece of content that came back", "%(many)s pieces of content that came back", "count"
)

_INHERITED = ngettext_lazy(
    "%(many)s verdict taken by fingerprint", "%(many)s verdicts taken by fingerprint", "count"
)
_SPARED = ngettext_lazy(
    "%(many)s piece of content that nobody had to open",
    "%(many)s pieces of content that nobody had to open",
    "count",
)


def _turns() -> dict[str, object]:
    return {turn.name.lower(): words for turn, words in TURNS.items()}


def _codes(fact: str) -> dict[str, object]:
    return dict(FACTS[fact].choices)


FIGURES = (
    Figure(
        board="hotline",
        code="received",
        measure="hotline.reports.received",
        title=_("Reports over time"),
        counted=_REPORTS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="hotline",
        code="contents",
        measure="hotline.reports.received",
        title=_("Reported content"),
        counted=_CONTENTS,
        form=Form.NUMBER,
        sums=True,
        is_key=True,
    ),
    Figure(
        board="hotline",
        code="known",
        measure="hotline.contents.known",
        title=_("Content already known"),
        counted=_KNOWN,
        form=Form.NUMBER,
        sums=True,
        is_key=True,
    ),
    Figure(
        board="hotline",
        code="categories",
        measure="hotline.reports.finished",
        title=_("Reports by category"),
        counted=_FINISHED,
        form=Form.CODES,
        by="category",
        labels=lambda: category_names(settings.COUNTRY),
    ),
    Figure(
        board="hotline",
        code="ages",
        measure="hotline.reports.finished",
        title=_("Reports by age of the reporter"),
        counted=_FINISHED,
        form=Form.CODES,
        by="age_band",
        labels=lambda: dict(AgeBand.choices),
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="channels",
        measure="hotline.reports.received",
        title=_("Reports by channel"),
        counted=_REPORTS,
        form=Form.CODES,
        by="channel",
        labels=lambda: dict(Channel.choices),
    ),
    Figure(
        board="hotline",
        code="verdicts",
        measure="hotline.verdicts",
        title=_("Verdicts"),
        counted=_VERDICTS,
        form=Form.CODES,
        by="verdict",
        labels=lambda: dict(Verdict.choices),
    ),
    Figure(
        board="hotline",
        code="taken-back",
        measure="hotline.verdicts.taken-back",
        title=_("Verdicts taken back, on the day they were given"),
        counted=_VERDICTS,
        form=Form.CODES,
        by="verdict",
        labels=lambda: dict(Verdict.choices),
    ),
    Figure(
        board="hotline",
        code="grounds",
        measure="hotline.verdicts.grounds",
        title=_("Reviews by how one knew"),
        counted=_REVIEWS,
        form=Form.CODES,
        by="ground",
        labels=lambda: dict(Ground.choices),
    ),
    *(
        Figure(
            board="hotline",
            code=f"items-{fact}",
            measure="hotline.items",
            title=title,
            counted=_ITEMS,
            form=Form.CODES,
            by=fact,
            labels=partial(_codes, fact),
            in_given_order=True,
            sums=True,
        )
        for fact, title in (
            ("age", _("Illegal items by age")),
            ("sex", _("Illegal items by sex")),
            ("act", _("Illegal items by severity")),
        )
    ),
    *(
        Figure(
            board="hotline",
            code=f"illegal-{by}",
            measure="hotline.illegal",
            title=title,
            counted=_ILLEGAL,
            form=Form.CODES,
            by=by,
            labels=labels,
        )
        for by, title, labels in (
            ("country", _("Illegal content by hosting country"), country_names),
            ("site_type", _("Illegal content by kind of site"), partial(_codes, "site_type")),
            (
                "commerciality",
                _("Illegal content, commercial or not"),
                partial(_codes, "commerciality"),
            ),
        )
    ),
    Figure(
        board="hotline",
        code="removal-days",
        measure="hotline.removed",
        title=_("Days from verdict to removal"),
        counted=_REMOVED,
        form=Form.CODES,
        by="days_taken",
        labels=days_taken_labels,
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="time-to-verdict",
        measure="hotline.time-to-verdict",
        title=_("From report to verdict"),
        counted=_VERDICTS,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        board="hotline",
        code="time-to-removal",
        measure="hotline.time-to-removal",
        title=_("From verdict to removal"),
        counted=_REMOVED,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        board="hotline",
        code="time-to-police",
        measure="takedown.time-to-police",
        title=_("From report to police"),
        counted=_TOLD,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        board="hotline",
        code="reappeared",
        measure="hotline.contents.reappeared",
        title=_("Content that came back"),
        counted=_BACK,
        form=Form.NUMBER,
        is_key=True,
    ),
    Figure(
        board="hotline",
        code="inherited",
        measure="hotline.contents.inherited",
        title=_("Verdicts taken by fingerprint"),
        counted=_INHERITED,
        form=Form.CODES,
        by="way",
        labels=lambda: dict(Way.choices),
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="turns",
        measure="hotline.contents.turned",
        title=_("Turns of known pictures"),
        counted=_INHERITED,
        form=Form.CODES,
        by="turn",
        labels=_turns,
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="spared",
        measure="hotline.looks.spared",
        title=_("Looks spared"),
        counted=_SPARED,
        form=Form.NUMBER,
        sums=True,
    ),
)
