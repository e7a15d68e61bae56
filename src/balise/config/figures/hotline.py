"""The hotline's boards: reports and verdicts, its partners, what is gone."""

from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from balise.foundation.accounts.queries import partner_names
from balise.hotline.reports.rules.categories import categories
from balise.hotline.reports.rules.words import AgeBand, Channel, Verdict
from balise.steering.rules.boards import Board, Figure, Form
from balise.takedown.law.rules.items import FACTS
from balise.takedown.watch.rules.removals import HEADINGS
from balise.takedown.watch.rules.verdicts import MISSES

_REPORTS = ngettext_lazy("%(many)s report", "%(many)s reports", "count")
_FINISHED = ngettext_lazy("%(many)s complete report", "%(many)s complete reports", "count")
_CONTENTS = ngettext_lazy(
    "%(many)s reported piece of content", "%(many)s reported pieces of content", "count"
)
_KNOWN = ngettext_lazy(
    "%(many)s piece of content already known", "%(many)s pieces of content already known", "count"
)
_ITEMS = ngettext_lazy("%(many)s illegal item", "%(many)s illegal items", "count")
_VERDICTS = ngettext_lazy("%(many)s verdict", "%(many)s verdicts", "count")
_REMOVED = ngettext_lazy(
    "%(many)s piece of content removed", "%(many)s pieces of content removed", "count"
)
_BACK = ngettext_lazy(
    "%(many)s piece of content that came back", "%(many)s pieces of content that came back", "count"
)
_MOVED = ngettext_lazy(
    "%(many)s piece of content at another host",
    "%(many)s pieces of content at another host",
    "count",
)
_TOLD = ngettext_lazy("%(many)s police dossier sent", "%(many)s police dossiers sent", "count")
_PARTNERS_REPORTS = ngettext_lazy(
    "%(many)s report of a partner", "%(many)s reports of partners", "count"
)
_PROCESSED = ngettext_lazy("%(many)s report processed", "%(many)s reports processed", "count")


def _codes(fact: str) -> dict[str, object]:
    return dict(FACTS[fact].choices)


def _categories() -> dict[str, object]:
    return {one.code: one.name for one in categories(settings.COUNTRY)}


HOTLINE = Board(
    code="hotline",
    line="hotline",
    title=_("Hotline figures"),
    figures=(
        Figure(
            code="received",
            measure="hotline.reports.received",
            title=_("Reports, day by day"),
            counted=_REPORTS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="contents",
            measure="hotline.reports.received",
            title=_("Reported content"),
            counted=_CONTENTS,
            form=Form.NUMBER,
            sums=True,
            is_key=True,
        ),
        Figure(
            code="known",
            measure="hotline.contents.known",
            title=_("Content already known"),
            counted=_KNOWN,
            form=Form.NUMBER,
            sums=True,
            is_key=True,
        ),
        Figure(
            code="categories",
            measure="hotline.reports.finished",
            title=_("Reports by category"),
            counted=_FINISHED,
            form=Form.CODES,
            by="category",
            labels=_categories,
        ),
        Figure(
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
            code="channels",
            measure="hotline.reports.received",
            title=_("Reports by channel"),
            counted=_REPORTS,
            form=Form.CODES,
            by="channel",
            labels=lambda: dict(Channel.choices),
        ),
        Figure(
            code="verdicts",
            measure="hotline.verdicts",
            title=_("Verdicts"),
            counted=_VERDICTS,
            form=Form.CODES,
            by="verdict",
            labels=lambda: dict(Verdict.choices),
        ),
        *(
            Figure(
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
        Figure(
            code="time-to-verdict",
            measure="hotline.time-to-verdict",
            title=_("From report to verdict"),
            counted=_VERDICTS,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="time-to-removal",
            measure="hotline.time-to-removal",
            title=_("From verdict to removal"),
            counted=_REMOVED,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="time-to-police",
            measure="takedown.time-to-police",
            title=_("From report to police"),
            counted=_TOLD,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="reappeared",
            measure="hotline.contents.reappeared",
            title=_("Content that came back"),
            counted=_BACK,
            form=Form.NUMBER,
            is_key=True,
        ),
    ),
)


PARTNERS = Board(
    code="partners",
    line="hotline",
    title=_("Partner figures"),
    figures=(
        Figure(
            code="partners-received",
            measure="hotline.partners.received",
            title=_("Partner reports, day by day"),
            counted=_PARTNERS_REPORTS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="partners-received-by",
            measure="hotline.partners.received",
            title=_("Reports received, by partner"),
            counted=_PARTNERS_REPORTS,
            form=Form.CODES,
            by="partner",
            labels=partner_names,
        ),
        Figure(
            code="partners-processed",
            measure="hotline.partners.processed",
            title=_("Reports processed, by partner"),
            counted=_PROCESSED,
            form=Form.CODES,
            by="partner",
            labels=partner_names,
            is_key=True,
        ),
        Figure(
            code="partners-time",
            measure="hotline.partners.time-to-processed",
            title=_("From report to the last verdict"),
            counted=_PROCESSED,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
    ),
)


# From the notice, where the hotline's own board counts from the verdict.
REMOVALS = Board(
    code="removals",
    line="hotline",
    title=_("Removal figures"),
    figures=(
        Figure(
            code="gone",
            measure="hotline.removals.headings",
            title=_("Content removed, day by day"),
            counted=_REMOVED,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="headings",
            measure="hotline.removals.headings",
            title=_("From the first notice to removal, in days"),
            counted=_REMOVED,
            form=Form.CODES,
            by="heading",
            labels=lambda: {each.value: words for each, words in HEADINGS.items()},
            in_given_order=True,
        ),
        Figure(
            code="seen",
            measure="hotline.removals.seen",
            title=_("Proof of removal"),
            counted=_REMOVED,
            form=Form.CODES,
            by="seen",
            labels=lambda: {each.value: each.label for each in sorted(MISSES)},
        ),
        Figure(
            code="back",
            measure="hotline.removals.back",
            title=_("Content that came back"),
            counted=_BACK,
            form=Form.NUMBER,
            is_key=True,
        ),
        Figure(
            code="moved",
            measure="hotline.removals.host-moved",
            title=_("Content that changed host"),
            counted=_MOVED,
            form=Form.NUMBER,
            is_key=True,
        ),
    ),
)
