"""Where a telephone exchange tells of its calls: signed, each event once."""

import hashlib
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from balise.foundation import moments, strict_json
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.web.doors import Request, problem
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules.calls import CallFact, EndedBy, Happening
from balise.helpline.telephony.rules.signing import SIGNATURE, by_our_clock, sent_at

SOURCE = "Balise-Source"
_LONGEST_BODY = 16_384


def exchange_that_signed(request: HttpRequest) -> Actor | None:
    """Return the exchange whose secret has signed this request, or None."""
    return _known(request)[0]


def events(request: Request) -> HttpResponse:
    """Take one event, or answer that it was known: the sender may repeat it as it likes."""
    _who, sent = _known(request)
    event = _read(request, sent or now())
    if event is None:
        title = "An event has id, call, event and at (ISO 8601 with its zone)."
        return problem("not-understood", title, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    taken = take_event(event=event, by=request.actor)
    said = {"call": str(taken.call_id), "state": taken.state.value, "known": taken.is_known}
    if taken.blocked_until is not None:
        said["blocked_until"] = taken.blocked_until.isoformat()
    return JsonResponse(said, status=HTTPStatus.OK if taken.is_known else HTTPStatus.CREATED)


def _known(request: HttpRequest) -> tuple[Actor | None, datetime | None]:
    name = request.headers.get(SOURCE, "")
    secret = settings.TELEPHONY_SECRETS.get(name, "")
    if not secret or int(request.headers.get("Content-Length") or 0) > _LONGEST_BODY:
        return None, None
    header = request.headers.get(SIGNATURE, "")
    sent = sent_at(header, secret=secret, body=request.body, now=now())
    if sent is None:
        return None, None
    return Actor(ActorKind.PARTNER, name, frozenset({access.TELL})), sent


def _read(request: Request, sent: datetime) -> CallTold | None:
    try:
        given = strict_json.loads(request.body)
        at = by_our_clock(moments.read(given["at"]), sent=sent, now=now())
        told = CallFact(
            Happening(given["event"]), at, EndedBy(given.get("ended_by", EndedBy.UNKNOWN))
        )
        event_id, ref, number = given["id"], given["call"], given.get("number", "")
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
    texts = (event_id, ref)
    if not all(isinstance(one, str) and 0 < len(one) <= 100 for one in texts):  # noqa: PLR2004
        return None
    return CallTold(
        source=request.actor.key,
        event_id=event_id,
        ref=ref,
        told=told,
        digest=hashlib.sha256(request.body).digest(),
        number=number if isinstance(number, str) else "",
        is_life_danger=given.get("life_danger") is True,
        hears_answer=True,
    )
