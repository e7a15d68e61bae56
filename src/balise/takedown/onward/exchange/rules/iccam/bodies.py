"""What is sent to ICCAM and what comes back, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange.rules.iccam import codes as iccam
from balise.takedown.onward.exchange.rules.iccam.fields import (
    ActionReason,
    ActionType,
    FieldFaulty,
    Payment,
    read_assessment,
    write_assessment,
)
from balise.takedown.onward.exchange.rules.letters import Classification, Classified

MOST_RESULTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One content as it is exported. `reference` is ours, and unique there."""

    reference: str
    received_at: datetime
    address: str
    country: str
    classified: Classified
    analyst: str = ""
    memo: str = ""
    referrer: str = ""
    ip: str = ""
    network: int = 0
    organisation: str = ""
    is_cdn: bool = False
    site_type: int = iccam.IccamSiteType.NOT_DETERMINED.value
    commerciality: int = iccam.IccamCommerciality.NOT_DETERMINED.value
    payments: tuple[int, ...] = (Payment.NOT_DETERMINED.value,)
    content_type: int = iccam.ContentType.WEBSITE.value

    def to_fields(self) -> dict[str, Any]:
        """Return the fields that are sealed until it is exported."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        fields["received_at"] = self.received_at.isoformat()
        fields["classified"] = self.classified.to_fields()
        fields["payments"] = list(self.payments)
        return fields

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return what `to_fields` wrote."""
        return cls(
            **{
                **fields,
                "received_at": datetime.fromisoformat(fields["received_at"]),
                "classified": Classified.from_fields(fields["classified"]),
                "payments": tuple(fields["payments"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What ICCAM calls a report that it took, and its content."""

    report: int
    content: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A content as ICCAM holds it."""

    content: int
    report: int
    address: str
    hosting_country: str
    assigned_country: str
    reference: str
    memo: str
    classified: Classified | None
    actions: frozenset[int]


def report_body(one: Exported) -> dict[str, Any]:
    """Return the body of `POST rest/reports` for one address, which is the source itself."""
    return {
        "reportingAnalystName": one.analyst,
        "hotlineReceivedDate": moment(one.received_at),
        "hotlineReference": one.reference,
        "memo": one.memo,
        "sourceUrlUsername": "",
        "sourceUrlPassword": "",
        "sourceUrlReferrer": one.referrer,
        "sourceUrlSiteType": one.site_type,
        "sourceUrlCommerciality": one.commerciality,
        "sourceUrlPaymentMethods": list(one.payments),
        "urls": [
            {
                "urlString": one.address,
                "hotlineReference": one.reference,
                "hostingCountryCode": one.country,
                "hostingIpAddress": one.ip,
                "hostingIsp": one.organisation,
                "hostingOrganization": {
                    "organizationName": one.organisation,
                    "autonomousSystemNumber": one.network,
                    "isContentDeliveryNetwork": one.is_cdn,
                },
                "isSourceUrl": True,
                "memo": one.memo,
                "contentType": one.content_type,
                "assessment": write_assessment(one.classified, analyst=one.analyst),
                "actions": [],
            }
        ],
    }


def action_body(
    action: ActionType, *, at: datetime, reason: ActionReason | None = None
) -> dict[str, Any]:
    """Return the body of `POST rest/Content/{id}/actions`."""
    return {
        "actionType": int(action),
        "actionDate": moment(at),
        "actionReason": None if reason is None else int(reason),
        "analystName": "",
    }


def read_receipt(body: object) -> Receipt:
    """Return the numbers that ICCAM gave a report, or raise FieldFaulty."""
    if not isinstance(body, Mapping):
        raise FieldFaulty("no object")
    urls = body.get("urls")
    report = body.get("reportId")
    content = urls[0].get("contentId") if isinstance(urls, list) and len(urls) == 1 else None
    if type(report) is not int or type(content) is not int:
        raise FieldFaulty("reportId, contentId")
    return Receipt(report, content)


def read_content(body: object) -> Held:
    """Return a content as ICCAM holds it, or raise FieldFaulty."""
    if not isinstance(body, Mapping):
        raise FieldFaulty("no object")
    for name, kind in (("contentId", int), ("reportId", int), ("urlString", str)):
        if type(body.get(name)) is not kind:
            raise FieldFaulty(name)
    assessment = body.get("assessment")
    actions = body.get("actions") or []
    if not isinstance(actions, list) or not all(isinstance(each, Mapping) for each in actions):
        raise FieldFaulty("actions")
    return Held(
        content=body["contentId"],
        report=body["reportId"],
        address=body["urlString"],
        hosting_country=str(body.get("hostingCountryCode") or ""),
        assigned_country=str(body.get("assignedCountryCode") or ""),
        reference=str(body.get("hotlineReference") or ""),
        memo=str(body.get("memo") or ""),
        classified=read_assessment(assessment) if isinstance(assessment, Mapping) else None,
        actions=frozenset(int(each["actionType"]) for each in actions if "actionType" in each),
    )


def read_list(body: object) -> list[int]:
    """Return the contents that a work list names, or raise FieldFaulty."""
    if not isinstance(body, list):
        raise FieldFaulty("no list")
    ids = [each.get("contentId") if isinstance(each, Mapping) else each for each in body]
    if not all(type(each) is int for each in ids):
        raise FieldFaulty("contentId")
    return [int(each) for each in ids if isinstance(each, int)]


def moment(at: datetime) -> str:
    """Return a moment as ICCAM writes it: UTC, with a Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# The state of an export, what may be done about it, and when: ICCAM's own rules, as observed.


# A new report must settle before actions and moves are sent. How long is not said: ours, to verify.
SETTLES_IN = timedelta(minutes=15)
LARGEST_NUMBER = 2**63 - 1


class CaseState(TextChoices):
    """The state of one of ICCAM's contents here."""

    QUEUED = "queued", pgettext_lazy("iccam", "Waiting for export")
    IN_DOUBT = "in-doubt", pgettext_lazy("iccam", "In doubt: someone must check ICCAM")
    EXPORTED = "exported", pgettext_lazy("iccam", "Exported")
    REFUSED = "refused", pgettext_lazy("iccam", "Refused by ICCAM")
    TAKEN_IN = "taken-in", pgettext_lazy("iccam", "Assigned to us, in the queue")
    WITHDRAWN = "withdrawn", pgettext_lazy("iccam", "Cancelled")


class StepKind(TextChoices):
    """What is done about a content in ICCAM."""

    ASSESS = "assess", gettext_lazy("Assessment")
    ACT = "act", pgettext_lazy("iccam", "Action")
    MOVE = "move", gettext_lazy("Another country hosts it")
    REFER = "refer", gettext_lazy("Our reference")


class StepState(TextChoices):
    """The state of a step."""

    WAITING = "waiting", pgettext_lazy("step", "Waiting")
    DONE = "done", pgettext_lazy("step", "Done")
    NEEDLESS = "needless", pgettext_lazy("step", "Not needed")
    REFUSED = "refused", pgettext_lazy("step", "Refused")


class NotInDoubt(Refused, code="iccam-not-in-doubt"):
    """The export is not in doubt: there is nothing to decide."""


class NumbersRefused(Refused, code="iccam-numbers-refused"):
    """No content in ICCAM has these numbers, or another of ours has."""


class IccamOff(Refused, code="iccam-off"):
    """ICCAM is not configured."""


def check_in_doubt(state: CaseState) -> None:
    """Refuse to settle what is not in doubt."""
    if state is not CaseState.IN_DOUBT:
        raise NotInDoubt(_("This export is now: %(state)s.") % {"state": state.label})


def check_numbers(found: Receipt) -> None:
    """Refuse numbers that ICCAM cannot have given: they begin at 1 and fit in 64 bits."""
    if not all(1 <= number <= LARGEST_NUMBER for number in (found.report, found.content)):
        raise NumbersRefused(_("These are not ICCAM numbers."))


def settled_at(exported_at: datetime) -> datetime:
    """Return when actions and moves may be sent for what was exported at a moment."""
    return exported_at + SETTLES_IN


def may_assess(held: Held, ours: Classified, *, home: str) -> bool:
    """Return whether our assessment of a content may be sent to ICCAM.

    Nothing once there are actions; nothing where another country is assigned; baseline is never
    classified again, national only may be overruled.
    """
    if held.actions or held.assigned_country.upper() != home.upper():
        return False
    theirs = held.classified
    if theirs is None:
        return True
    return theirs.classification is Classification.NATIONAL and theirs != ours
