"""The partners' door to the banks: ask whether a content is known, by its hashes.

The usual request is answered before Django is asked (`web/quick.py`, `config/look_ups.py`): here
are its description, and the answers to requests that are not as they should be.
"""

from http import HTTPStatus
from typing import Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, problem
from balise.hotline.matching.banks.actions.looking import look_up_quickly
from balise.hotline.matching.banks.rules.asking import (
    MOST_AT_ONCE,
    MOST_FRAMES,
    QuestionTooLong,
)
from balise.hotline.matching.banks.rules.lines import LineFaulty, signal_of
from balise.hotline.matching.banks.web import quick
from balise.hotline.matching.signals.rules.kinds import Clip, Signal

router = Router(tags=["matching"])


class Strict(Schema):
    """What is sent: a name that we do not know is an error, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class SentSignal(Strict):
    """A hash of the content, or a video by one frame a second, inside the bars that it has."""

    kind: Literal["pdq", "sha256", "sha1", "md5", "clip"]
    value: str = Field("", max_length=64, description="In hexadecimal digits; of all but `clip`.")
    quality: int = Field(
        100, ge=0, le=100, strict=True, description="Of a PDQ; under 50 decides nothing."
    )
    turns: str = Field(
        "",
        max_length=512,
        description="Of a PDQ: those of the picture as it is, turned left, by half, right, "
        "mirrored, upside down, transposed and transversed, one after the other. Without them "
        "they are read from the bits of `value`, to some 20 of 256: send them where you can.",
    )
    seconds: int = Field(0, ge=0, strict=True, description="Of a `clip`: how long it is.")
    frames: list[tuple[int, str, int]] = Field(
        default_factory=list,
        max_length=MOST_FRAMES,
        description="Of a `clip`: second, PDQ and quality of each frame; 4,000 of all clips.",
    )


class SentQuestion(Strict):
    """All hashes of one content."""

    signals: list[SentSignal] = Field(min_length=1, max_length=MOST_AT_ONCE)


class HitOut(Schema):
    """Something in a bank that matches."""

    bank: str
    opinion: Literal["negative", "seed", "positive", "disputed"]
    labels: list[str]
    distance: int = Field(description="In bits of 256; 0 for kinds that are alike for one file.")
    turn: str = Field(description="How the picture has to be turned to be the bank's.")
    quality: int = Field(description="Of the bank's hash, from 0 to 100.")
    second: int | None = Field(description="Of the video that the bank's hash is a frame of.")
    kind: Literal["pdq", "sha256", "sha1", "md5"]
    asked: int = Field(description="From 0, in `signals`.")


class AnswerOut(Schema):
    """What is known of the content, and which rule decided."""

    id: UUID
    known: bool = Field(description="Whether one of the hits decides.")
    rule: str | None = Field(
        description="`exact`, `near` or `clip` decide. `negative`, `quarantined`, `weak`, "
        "`frame`, `planted`, `disputed` and `seed` say why nothing does. Null: nothing matches."
    )
    decided_by: int | None = Field(description="From 0, in `hits`.")
    hits: list[HitOut] = Field(description="The nearest first, a hundred at most.")


@router.post(
    "/look-up/",
    response={200: AnswerOut},
    url_name="look-up",
    summary="Ask whether content is known",
    operation_id="look_up",
)
def look_up(request: HttpRequest, body: SentQuestion) -> HttpResponse | Status[dict[str, object]]:
    """Ask whether content is known, by its hashes. 503: ask again; it is never a "no"."""
    actor = cast("Request", request).actor  # the door has made it one
    signals: list[Signal | Clip] = []
    for at, one in enumerate(body.signals):
        try:
            signals.append(signal_of(one.dict(exclude_unset=True)))
        except LineFaulty as fault:
            return _not_understood(fault, index=at)
    try:
        found = look_up_quickly(signals=signals, by=actor)
    except QuestionTooLong as refusal:
        return _not_understood(refusal)
    if found.is_partial:
        later = problem("not-whole", "Part of the index did not answer: ask again.", status=503)
        later["Retry-After"] = "1"
        return later
    return Status(HTTPStatus.OK, quick.told(found))


def _not_understood(refusal: Refused, **where: int) -> HttpResponse:
    error = {"field": "signals", "code": refusal.code, "detail": refusal.message, **where}
    return problem("not-understood", "The request cannot be read.", status=422, errors=[error])
