"""What is sent to ICCAM and what comes back, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from balise.takedown.law.rules.mappings import iccam
from balise.takedown.onward.exchange.rules.classified import Classified
from balise.takedown.onward.exchange.rules.iccam.fields import (
    ActionReason,
    ActionType,
    FieldFaulty,
    Payment,
    read_assessment,
    write_assessment,
)

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
