"""The figures of referrals, cases and duties, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.helpline.cases.queries.sent import receivers
from balise.helpline.cases.rules.duties import Decision
from balise.helpline.cases.rules.received import AgeBand as AgeOfChild, Outcome

_REFERRALS = ngettext_lazy("%(many)s referral", "%(many)s referrals", "count")
_TAKEN = ngettext_lazy("%(many)s referral taken", "%(many)s referrals taken", "count")
_CLOSED = ngettext_lazy("%(many)s referral closed", "%(many)s referrals closed", "count")
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


FIGURES = (
    Figure(
        board="helpline",
        code="referrals",
        measure="helpline.referrals.received",
        title=_("Referrals over time"),
        counted=_REFERRALS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="referral-ages",
        measure="helpline.referrals.received",
        title=_("Referrals by age"),
        counted=_REFERRALS,
        form=Form.CODES,
        by="age_band",
        labels=lambda: dict(AgeOfChild.choices),
        in_given_order=True,
    ),
    Figure(
        board="helpline",
        code="time-to-listener",
        measure="helpline.referrals.taken",
        title=_("From referral to listener"),
        counted=_TAKEN,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="outcomes",
        measure="helpline.referrals.closed",
        title=_("Referral outcomes"),
        counted=_CLOSED,
        form=Form.CODES,
        by="outcome",
        labels=lambda: dict(Outcome.choices),
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="cases",
        measure="helpline.cases.opened",
        title=_("Cases opened over time"),
        counted=_CASES,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="helpline",
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
        board="helpline",
        code="time-to-acceptance",
        measure="helpline.sent.accepted",
        title=_("From sending to acceptance"),
        counted=_ACCEPTED,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="sent-done",
        measure="helpline.sent.done",
        title=_("Referrals done, by receiver"),
        counted=_DONE,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        board="helpline",
        code="sent-refused",
        measure="helpline.sent.refused",
        title=_("Referrals refused, by receiver"),
        counted=_TURNED_DOWN,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        board="helpline",
        code="sent-expired",
        measure="helpline.sent.expired",
        title=_("Referrals without an answer in time"),
        counted=_EXPIRED,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        board="helpline",
        code="duties",
        measure="helpline.duties.decided",
        title=_("Duty to report: decisions"),
        counted=_DUTIES,
        form=Form.CODES,
        by="decision",
        labels=lambda: dict(Decision.choices),
    ),
)
