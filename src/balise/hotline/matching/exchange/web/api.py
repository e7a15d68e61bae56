"""The partners' door to hashes: pull a bank, or ask without one; say what was done.

A hash is never in an address, and no answer says how near it was. Errors are problem documents
(RFC 9457).
"""

from base64 import b64encode
from http import HTTPStatus
from typing import Annotated, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from balise.foundation.encryption.signatures import own_pair
from balise.foundation.web.doors import Request, problem
from balise.hotline.matching.banks.rules.asking import MOST_AT_ONCE
from balise.hotline.matching.exchange import access, queries
from balise.hotline.matching.exchange.actions import answering, asking, handing
from balise.hotline.matching.exchange.actions.answering import Given
from balise.hotline.matching.exchange.actions.asking import BudgetUsed
from balise.hotline.matching.exchange.rules.items import Replied, Todo
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn, Unreadable, read

router = Router(tags=["hashes"])

_TURNS = 8
_SOON = "2"  # seconds after which a page that is not signed yet is asked for again
_MOST_ANSWERS = 1_000
_LARGEST = 2**31 - 1
_FURTHEST = 2**62

type Digits = Annotated[str, Field(max_length=64, description="Hexadecimal digits, no `0x`.")]


class Strict(Schema):
    """What is sent: a name that we do not know is an error, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class OneHash(Strict):
    """A hash. `turns` are the eight PDQs of the picture turned and mirrored, the first as it is."""

    kind: Literal["pdq", "sha256", "sha1", "md5"]
    hash: Digits
    quality: int = Field(
        100, ge=0, le=100, strict=True, description="Of a PDQ, as it was computed."
    )
    turns: list[Digits] = Field(
        default_factory=list,
        max_length=_TURNS,
        description="All eight or none: as it is, a quarter to the left, half, a quarter to the "
        "right; then mirrored left-right, top-bottom, along one diagonal, along the other. Without "
        "them they are read from the bits of `hash`, to some 20 of 256: send them where you can. "
        "One that is no turn of `hash` counts as a hash of its own.",
    )


class Question(Strict):
    """The hashes that are asked about, each on its own."""

    hashes: list[OneHash] = Field(max_length=MOST_AT_ONCE, min_length=1)


class ToldOut(Schema):
    """The answer about one hash. `handle` is null for a no; it is yours alone, and stays."""

    known: bool
    handle: UUID | None
    do: Todo = Field(
        description="`block`: known content. `review`: someone of yours looks at it. `ask-again`: "
        "part of the index did not answer, which is never a no. `nothing`."
    )


class QuestionOut(Schema):
    """The answers, in the order of the hashes."""

    answers: list[ToldOut]


class OneAnswer(Strict):
    """What you did about one entry. `count` is how many copies you blocked."""

    handle: UUID
    answer: Literal["received", "blocked", "not-found", "withdrawn"]
    turn: Literal[
        "",
        "as-is",
        "left",
        "half",
        "right",
        "mirrored",
        "upside-down",
        "transposed",
        "transversed",
    ] = Field("", description="How the first copy was turned.")
    count: int = Field(0, ge=0, le=_LARGEST, strict=True)


class AnswersIn(Strict):
    """What you did."""

    answers: list[OneAnswer] = Field(max_length=_MOST_ANSWERS, min_length=1)


class AnswersOut(Schema):
    """Which of `answers` named a handle that is not yours; all others were taken."""

    unknown: list[int] = Field(description="From 0, in `answers`.")


class HandlesOut(Schema):
    """Entries to forget, the oldest first, until you answer `withdrawn`."""

    handles: list[UUID]


class KeysOut(Schema):
    """What our pages are signed with (Ed25519). Compare it once, by another way."""

    key_id: str = Field(description="`Balise-Key` of a page: 32 digits of the key's SHA-256.")
    key: str = Field(description="32 bytes, in base64.")


class EntryOut(Schema):
    """An entry. One that is not `on` has no `hash`: forget it, and answer `withdrawn`."""

    handle: UUID
    kind: Literal["pdq", "sha256", "sha1", "md5"]
    hash: str
    quality: int
    opinion: Literal["negative", "seed", "positive", "disputed"]
    labels: list[str]
    clip: UUID | None = Field(description="Frames of one film have the same.")
    second: int | None
    on: bool


class ChangesOut(Schema):
    """A page of changes. Its bytes are signed: see `Balise-Signature`."""

    partner: UUID
    after: int
    checkpoint: int = Field(description="`after` of the next request, once you have all of this.")
    more: bool
    signed_at: str
    entries: list[EntryOut]


class From(Strict):
    """Where to begin."""

    after: int = Field(0, ge=0, le=_FURTHEST, description="Your checkpoint; 0 for all.")


@router.get(
    "/entries",
    response={200: ChangesOut, 202: None, 204: None},
    url_name="hash-entries",
    summary="Pull what changed in a bank",
    operation_id="pull_entries",
)
def entries(request: HttpRequest, begin: Query[From]) -> HttpResponse:
    """Return what changed after your checkpoint: a page that we signed.

    `Balise-Signature` is the signature of the body (Ed25519, base64) with the key `Balise-Key`.
    202: the page is being signed, ask again in a moment. 204: nothing has changed.
    """
    pulled = handing.pull(after=begin.after, by=_acting(request).actor)
    if not pulled.body:
        if not pulled.is_coming:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return HttpResponse(status=HTTPStatus.ACCEPTED, headers={"Retry-After": _SOON})
    return HttpResponse(
        pulled.body,
        content_type="application/json",
        headers={
            "Balise-Key": pulled.key_id,
            "Balise-Signature": b64encode(pulled.signature).decode(),
        },
    )


@router.get(
    "/keys",
    response=KeysOut,
    url_name="hash-keys",
    summary="Read the key of our pages",
    operation_id="read_hash_key",
)
def keys(request: HttpRequest) -> KeysOut:
    """Return the public key that our pages are signed with now."""
    access.partner_of(_acting(request).actor, access.PULL)
    pair = own_pair(handing.LINE)
    return KeysOut(key_id=pair.signing_id, key=b64encode(pair.signing).decode())


@router.post(
    "/questions",
    response=QuestionOut,
    url_name="hash-questions",
    summary="Ask about hashes",
    operation_id="ask_hashes",
)
def questions(request: HttpRequest, body: Question) -> HttpResponse | QuestionOut:
    """Ask whether hashes are known, without holding a bank: yes or no, a handle, what to do.

    Your contract says how many a day and a minute. Hashes that are near one another count once a
    day. Who is after the list is cut off: some entries belong to no picture.
    """
    signals: list[Signal] = []
    errors: list[dict[str, object]] = []
    for index, one in enumerate(body.hashes):
        try:
            signals.append(_signal(one))
        except Unreadable as unreadable:
            said = {"field": "hashes", "code": unreadable.code, "detail": unreadable.message}
            errors.append(said | {"index": index})
    if errors:
        return problem("not-understood", "The request cannot be read.", status=422, errors=errors)
    try:
        told = asking.ask(signals=signals, by=_acting(request).actor)
    except BudgetUsed as used:
        refusal = problem(used.code, used.message, status=HTTPStatus.TOO_MANY_REQUESTS)
        refusal["Retry-After"] = str(used.seconds)
        return refusal
    answered = [ToldOut(known=one.is_known, handle=one.handle, do=one.do) for one in told]
    return QuestionOut(answers=answered)


@router.post(
    "/answers",
    response=AnswersOut,
    url_name="hash-answers",
    summary="Say what you did",
    operation_id="answer_hashes",
)
def answers(request: HttpRequest, body: AnswersIn) -> AnswersOut:
    """Say what you did about entries: the person whose picture it is reads it."""
    given = [
        Given(
            one.handle,
            Replied(one.answer),
            Turn[one.turn.replace("-", "_").upper()] if one.turn else None,
            one.count,
        )
        for one in body.answers
    ]
    return AnswersOut(unknown=answering.answer(given=given, by=_acting(request).actor))


@router.get(
    "/withdrawn",
    response=HandlesOut,
    url_name="hash-withdrawn",
    summary="List what to forget",
    operation_id="list_withdrawn_hashes",
)
def withdrawn(request: HttpRequest) -> HandlesOut:
    """List the handles that you were told yes about and have to forget, 1,000 at a time."""
    partner = access.partner_of(_acting(request).actor, access.ASK)
    return HandlesOut(handles=queries.withdrawn(partner))


def _signal(one: OneHash) -> Signal:
    """Return a hash as we read it. Raises Unreadable."""
    kind = HashKind(one.kind)
    value = read(kind, one.hash)
    turns = tuple(read(kind, each) for each in one.turns)
    if turns and (kind is not HashKind.PDQ or len(turns) != _TURNS or turns[0] != value):
        raise Unreadable("These are not the eight turns of this hash.")
    return Signal(kind, value, one.quality, turns)


def _acting(request: HttpRequest) -> Request:
    return cast("Request", request)  # the door has made it one
