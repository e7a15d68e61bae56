"""The partners' door: send a report, list one's own, read where one stands.

Errors are problem documents (RFC 9457). A report that is not this partner's and one that does not
exist get the same answer.
"""

from dataclasses import asdict
from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Annotated, Literal, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Header, Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict

from balise.foundation.web.doors import Request, problem
from balise.hotline.reports.actions import submitting
from balise.hotline.reports.queries import partners
from balise.hotline.reports.queries.partners import OwnReport, OwnReports, PageUnknown
from balise.hotline.reports.rules.fingerprints import Brought, Given as Hashes
from balise.hotline.reports.rules.given import (
    LONGEST_CONTACT,
    LONGEST_CONTEXT,
    LONGEST_DESCRIPTION,
    LONGEST_IDENTITIES,
    LONGEST_REFERENCE,
    AnswersFaulty,
    Elsewhere,
    Fault,
    Given,
    category_codes,
)
from balise.hotline.reports.rules.known import MOST_FINGERPRINTS
from balise.hotline.reports.rules.places import LONGEST_NAME, LONGEST_PLACE, MOST_PLACES

router = Router(tags=["reports"])

type Address = Annotated[str, Field(max_length=LONGEST_PLACE)]

_CATEGORIES = ", ".join(category_codes(settings.COUNTRY))
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_LAST = datetime(2200, 1, 1, tzinfo=UTC)


class Strict(Schema):
    """What is sent: a name that we do not know is an error, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class PlaceIn(Strict):
    """A place off the web: an account, a group, a player, a number."""

    kind: Literal["app", "messaging", "game", "phone"]
    text: str = Field(max_length=LONGEST_DESCRIPTION)
    service: str = Field("", max_length=LONGEST_NAME)


class FingerprintIn(Strict):
    """The hashes of one picture or file, in hexadecimal digits; at least one."""

    place: int = Field(
        0,
        ge=0,
        strict=True,
        description="Where it was met: from 0, in `addresses`, then in `places`.",
    )
    pdq: str = Field("", max_length=64, description="256 bits.")
    sha256: str = Field("", max_length=64)
    sha1: str = Field("", max_length=40)
    md5: str = Field("", max_length=32)
    quality: int = Field(
        100, ge=0, le=100, strict=True, description="Of the PDQ. Under 50 decides nothing."
    )
    turns: list[Annotated[str, Field(max_length=64)]] = Field(
        default_factory=list,
        max_length=8,
        description="The PDQs of the picture in its eight turns, the first as it is.",
    )


class ReportIn(Strict):
    """A report. At least one address or place; everything else may be left out."""

    addresses: list[Address] = Field(
        default_factory=list,
        max_length=MOST_PLACES,
        description=(
            f"Web addresses, as they were met, one each; with `places`, {MOST_PLACES} at most. "
            "Spaces in one are encoded and marks at its end kept: see `notes`."
        ),
    )
    places: list[PlaceIn] = Field(
        default_factory=list,
        max_length=MOST_PLACES,
        description="Places off the web: an account, a group, a player, a number.",
    )
    as_written: bool = Field(
        default=False,
        description="Keep in its own words what is no address, instead of refusing it.",
    )
    category: str = Field("", max_length=24, description=f"One of {_CATEGORIES}.")
    danger: bool = Field(default=False, description="Someone may be in danger now.")
    concern: Literal["", "me", "known", "nobody"] = Field(
        "", description="Whom it is about, for the reporter."
    )
    met_how: Literal["", "by-chance", "suggested", "sent", "searched", "shown", "other"] = ""
    met_on: date | None = Field(None, description="The day on which it was met, or null.")
    met_time: time | None = Field(None, description="And when, in the centre's zone, or null.")
    description: str = Field("", max_length=LONGEST_DESCRIPTION)
    contact: str = Field("", max_length=LONGEST_CONTACT, description="Only if the person agreed.")
    age_band: Literal["", "under-13", "13-14", "15-17", "adult", "13-15", "16-17"] = Field(
        "",
        description="Of the reporter. 13-15 and 16-17, of before, are still taken as they are: "
        "13-15 does not say on which side of 15, and nothing is derived from it.",
    )
    reference: str = Field(
        "", max_length=LONGEST_REFERENCE, description="Your own reference; analysts see it."
    )
    identities: str = Field(
        "", max_length=LONGEST_IDENTITIES, description="What is known of who is behind it."
    )
    context: str = Field(
        "", max_length=LONGEST_CONTEXT, description="How it came up, what was done already."
    )
    fingerprints: list[FingerprintIn] = Field(
        default_factory=list,
        max_length=MOST_FINGERPRINTS,
        description="Of what you report. Your token needs the scope `hotline.reports.fingerprint`: "
        "content that a bank knows is decided by them, and nobody opens it.",
    )
    language: str = Field(
        "", max_length=8, pattern=r"^([a-z]{2,3}(-[A-Z]{2})?)?$", description="Such as fr or fr-BE."
    )


class ContentOut(Schema):
    """Where one content stands. `verdict` is empty until it is final."""

    id: UUID
    state: Literal["waiting", "second-look", "removing", "removed", "closed"]
    verdict: Literal["", "illegal", "harmful", "out-of-scope", "gone", "unverifiable"]
    decided_at: datetime | None
    removed_at: datetime | None


class ReportOut(Schema):
    """A report of yours. Two addresses of one page are one content."""

    id: UUID
    received_at: datetime
    category: str
    is_open: bool = Field(description="Whether a content still waits for us or for its removal.")
    contents: list[ContentOut] = Field(description="In the order in which you named them.")


class NumberOut(Schema):
    """An emergency number of the country."""

    number: str
    by: Literal["call", "sms"] = Field(description="How it is reached.")
    name: str


class NowOut(Schema):
    """What you must do yourself, now: a report sends nobody to help."""

    says: str
    numbers: list[NumberOut]


class NoteOut(Schema):
    """What was understood of one of `addresses` beyond what was written."""

    index: int = Field(description="From 0, in `addresses`.")
    code: str = Field(description="Such as `spaces-encoded`, `tail-kept` or `defanged`.")
    detail: str = Field(validation_alias="message")


class SentOut(ReportOut):
    """A report as it was taken in."""

    now: NowOut | None = Field(
        description="Where `danger` is true: what you must do yourself, now. Show it to a person."
    )

    places: list[UUID] = Field(
        description="The content that each of `addresses`, then each of `places`, is."
    )
    completeness: int = Field(description="From 0 to 100: how much of what the police need.")
    missing: list[Literal["address", "day", "time", "seen", "identities", "context"]] = Field(
        description="What the police would still need."
    )
    notes: list[NoteOut]


class Filters(Strict):
    """What to list."""

    after: str = Field("", max_length=64, description="`after` of the page before.")
    since: AwareDatetime | None = Field(
        None, ge=_FIRST, le=_LAST, description="Received at this moment or later, with its zone."
    )
    state: Literal["", "waiting", "second-look", "removing", "removed", "closed"] = Field(
        "", description="With a content in this state."
    )


class PageOut(Schema):
    """A page of reports, the newest first; `after` goes into the next request, null at the end."""

    reports: list[ReportOut]
    after: str | None


@router.post(
    "/reports",
    response={201: SentOut, 200: SentOut},
    url_name="submit",
    summary="Send a report",
    operation_id="send_report",
)
def submit(
    request: HttpRequest,
    body: ReportIn,
    idempotency_key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            min_length=8,
            max_length=200,
            pattern=r"^[!-~]+$",
            description="Yours, new for each report: such as a UUID.",
        ),
    ],
) -> HttpResponse | Status[dict[str, object]]:
    """Send a report. The same `Idempotency-Key` with the same body is the same report: 200."""
    actor = _acting(request).actor
    given = Given(
        **body.dict(exclude={"places", "language", "fingerprints"}),
        places=[Elsewhere(**place.dict()) for place in body.places],
    )
    try:
        sent = submitting.submit(
            given=given,
            idempotency_key=idempotency_key,
            language=body.language,
            fingerprints=[_brought(one) for one in body.fingerprints],
            by=actor,
        )
    except AnswersFaulty as refusal:
        return _faulty(*refusal.faults)
    status = HTTPStatus.CREATED if sent.is_new else HTTPStatus.OK
    report = partners.report_just_sent(
        sent.report_id,
        identities=sent.identities,
        lacks=sent.lacks,
        notes=sent.notes,
        sent_by=actor,
    )
    return Status(status, asdict(report) | {"now": _now() if body.danger else None})


def _brought(one: FingerprintIn) -> Brought:
    return Brought(one.place, Hashes(**one.dict(exclude={"place"})))


def _now() -> dict[str, object]:
    """Return what a partner must do itself where someone is in danger."""
    return {
        "says": _(
            "A report is not an emergency call: it may be read hours later, and we cannot send "
            "anyone. Your own duties remain: to help, and to tell the authorities."
        ),
        "numbers": [
            {"number": one.number, "by": "sms" if one.is_text else "call", "name": str(one.label)}
            for one in settings.CENTRE.numbers_on("listener")
        ],
    }


@router.get(
    "/reports",
    response=PageOut,
    url_name="own",
    summary="List reports",
    operation_id="list_reports",
)
def own(request: HttpRequest, filters: Query[Filters]) -> HttpResponse | OwnReports:
    """List your own reports, the newest first, a hundred at a time."""
    strangers = sorted(request.GET.keys() - Filters.model_fields.keys())
    if strangers:
        return _faulty(Fault(strangers[0][:40], "unknown-filter", "There is no such filter."))
    try:
        return partners.own_reports(**filters.dict(), seen_by=_acting(request).actor)
    except PageUnknown:
        return _faulty(Fault("after", "unknown-page", "No page begins here."))


@router.get(
    "/reports/{uuid:report_id}",
    response=ReportOut,
    url_name="one",
    summary="Read a report",
    operation_id="read_report",
)
def one(request: HttpRequest, report_id: UUID) -> HttpResponse | OwnReport:
    """Read where one of your own reports stands."""
    found = partners.own_report(report_id, seen_by=_acting(request).actor)
    return found or problem("not-found", "There is no such report.", status=404)


def _acting(request: HttpRequest) -> Request:
    return cast("Request", request)  # the door has made it one


def _faulty(*faults: Fault) -> HttpResponse:
    errors = [
        {"field": fault.field, "code": fault.code, "detail": fault.message}
        | ({"index": fault.index} if fault.index is not None else {})
        for fault in faults
    ]
    return problem("not-understood", "The request cannot be read.", status=422, errors=errors)
