"""The figures of partners, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.accounts.queries import partner_names
from balise.foundation.statistics.boards import Figure, Form

_PARTNERS_REPORTS = ngettext_lazy(
    "%(many)s report of a partner", "%(many)s reports of partners", "count"
)
_PROCESSED = ngettext_lazy("%(many)s report processed", "%(many)s reports processed", "count")


FIGURES = (
    Figure(
        board="partners",
        code="partners-received",
        measure="hotline.partners.received",
        title=_("Partner reports over time"),
        counted=_PARTNERS_REPORTS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="partners",
        code="partners-received-by",
        measure="hotline.partners.received",
        title=_("Reports received, by partner"),
        counted=_PARTNERS_REPORTS,
        form=Form.CODES,
        by="partner",
        labels=partner_names,
    ),
    Figure(
        board="partners",
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
        board="partners",
        code="partners-time",
        measure="hotline.partners.time-to-processed",
        title=_("From report to the last verdict"),
        counted=_PROCESSED,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
)
