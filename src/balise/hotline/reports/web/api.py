"""The partners' door: send a report, list one's own, read where one stands.

Errors are problem documents (RFC 9457). A report that is not this partner's and one that does not
exist get the same answer.
"""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Router, Schema, Status

from balise.foundation.web.doors import Request, problem
from balise.hotline.reports.actions import submitting
from balise.hotline.reports.queries import partners
from balise.hotline.reports.queries.partners import OwnReport
from balise.hotline.reports.rules.answers import LONGEST_CONTACT, LONGEST_DESCRIPTION
from balise.hotline.reports.rules.given import AnswersFaulty, Elsewhere, Given
from balise.hotline.reports.rules.places import LONGEST_NAME, LONGEST_PLACE, MOST_PLACES

router = Router(tags=["reports"])

type Address = Annotated[str, Field(max_length=LONGEST_PLACE)]


class PlaceIn(Schema):
    """A place off the web: an account, a group, a player, a number."""

    kind: Literal["app", "messaging", "game", "phone"]
    text: str = Field(max_length=LONGEST_DESCRIPTION)
    service: str = Field("", max_length=LONGEST_NAME)


class ReportIn(Schema):
    """A report. At least one address or place; everything else may be left out."""

    addresses: list[Address] = Field(default_factory=list, max_length=MOST_PLACES)
    places: list[PlaceIn] = Field(default_factory=list, max_length=MOST_PLACES)
    category: str = Field("", max_length=24, description="A category code of the country's pack.")
    danger: bool = Field(default=False, description="Someone may be in danger now.")
    concern: Literal["", "me", "known", "nobody"] = ""
    met_how: str = Field("", max_length=20)
    met_on: date | None = None
    description: str = Field("", max_length=LONGEST_DESCRIPTION)
    contact: str = Field("", max_length=LONGEST_CONTACT)
    age_band: Literal["", "under-13", "13-15", "16-17", "adult"] = ""
    reference: str = Field("", max_length=120, description="The partner's own reference.")
    language: str = Field("", max_length=8)


class ContentOut(Schema):
    """Where one content stands. `verdict` is empty until it is final."""

    id: UUID
    state: str
    verdict: str
    decided_at: datetime | None
    removed_at: datetime | None


class ReportOut(Schema):
    """A report of this partner."""

    id: UUID
    received_at: datetime
    category: str
    is_open: bool
    contents: list[ContentOut]


class PageOut(Schema):
    """A page of reports, the newest first; `after` goes into the next request, null at the end."""

    reports: list[ReportOut]
    after: UUID | None


class ProblemOut(Schema):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: list[dict[str, Any]] = Field(default_factory=list)


_PROBLEMS = {400: ProblemOut, 401: ProblemOut, 403: ProblemOut, 409: ProblemOut, 422: ProblemOut}


@router.post("/reports", response={200: ReportOut, 201: ReportOut, **_PROBLEMS}, url_name="submit")
def submit(
    request: HttpRequest,
    body: ReportIn,
    idempotency_key: Annotated[str, Header(min_length=8, max_length=200)],
) -> HttpResponse | Status[OwnReport | None]:
    """Send a report. The same `Idempotency-Key` with the same body answers 200 with the first."""
    acting = _acting(request)
    given = Given(
        **body.dict(exclude={"places", "language"}),
        places=[Elsewhere(**place.dict()) for place in body.places],
    )
    try:
        received = submitting.submit(
            given=given,
            idempotency_key=idempotency_key,
            language=body.language,
            by=acting.actor,
        )
    except AnswersFaulty as refusal:
        return _faulty(refusal)
    status = HTTPStatus.CREATED if received.is_new else HTTPStatus.OK
    return Status(status, partners.report_just_sent(received.report_id, sent_by=acting.actor))


@router.get("/reports", response={200: PageOut, **_PROBLEMS}, url_name="own")
def own(
    request: HttpRequest, after: UUID | None = None, since: datetime | None = None
) -> partners.OwnReports:
    """List one's own reports, the newest first, a hundred at a time."""
    return partners.own_reports(after=after, since=since, seen_by=_acting(request).actor)


@router.get("/reports/{uuid:report_id}", response={200: ReportOut, 404: ProblemOut, **_PROBLEMS})
def one(request: HttpRequest, report_id: UUID) -> HttpResponse | OwnReport:
    """Read where one of one's own reports stands."""
    found = partners.own_report(report_id, seen_by=_acting(request).actor)
    if found is None:
        return problem("not-found", "There is no such report.", status=404)
    return found


def _acting(request: HttpRequest) -> Request:
    assert isinstance(request, HttpRequest)  # noqa: S101 - the door has made it a Request
    return request  # type: ignore[return-value]


def _faulty(refusal: AnswersFaulty) -> HttpResponse:
    errors = [
        {"field": fault.field, "code": fault.code, "detail": fault.message}
        | ({"index": fault.index} if fault.index is not None else {})
        for fault in refusal.faults
    ]
    return problem("not-understood", "The report cannot be read.", status=422, errors=errors)
