"""The figures of the helpline's files: opened, who was told and how fast they answered, duties."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from balise.helpline.cases.queries.sent import receivers
from balise.helpline.cases.rules.duties import Decision
from balise.steering.rules.boards import Figure, Form

_CASES = ngettext_lazy("%(many)s case opened", "%(many)s cases opened", "count")
_SENT = ngettext_lazy("%(many)s referral sent", "%(many)s referrals sent", "count")
_ACCEPTED = ngettext_lazy("%(many)s referral accepted", "%(many)s referrals accepted", "count")
_DONE = ngettext_lazy("%(many)s referral done", "%(many)s referrals done", "count")
_TURNED_DOWN = ngettext_lazy("%(many)s referral refused", "%(many)s referrals refused", "count")
_EXPIRED = ngettext_lazy(
    "%(many)s referral without an answer", "%(many)s referrals without an answer", "count"
)
_DUTIES = ngettext_lazy("%(many)s decision", "%(many)s decisions", "count")


def _receivers() -> dict[str, object]:
    return {one.code: one.name for one in receivers()}


CASE_FIGURES = (
    Figure(
        code="cases",
        measure="helpline.cases.opened",
        title=_("Cases opened, day by day"),
        counted=_CASES,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        code="sent",
        measure="helpline.sent.told",
        title=_("Referrals sent, by receiver"),
        counted=_SENT,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
        is_key=True,
    ),
    Figure(
        code="time-to-acceptance",
        measure="helpline.sent.accepted",
        title=_("From sending to acceptance"),
        counted=_ACCEPTED,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        code="sent-done",
        measure="helpline.sent.done",
        title=_("Referrals done, by receiver"),
        counted=_DONE,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        code="sent-refused",
        measure="helpline.sent.refused",
        title=_("Referrals refused, by receiver"),
        counted=_TURNED_DOWN,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        code="sent-expired",
        measure="helpline.sent.expired",
        title=_("Referrals without an answer in time"),
        counted=_EXPIRED,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        code="duties",
        measure="helpline.duties.decided",
        title=_("Duty to report: decisions"),
        counted=_DUTIES,
        form=Form.CODES,
        by="decision",
        labels=lambda: dict(Decision.choices),
    ),
)
