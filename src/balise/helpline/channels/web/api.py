"""Where messaging providers bring what was written: signed, each message once."""

import hmac
from collections.abc import Callable, Iterable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from balise.foundation import strict_json
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.web.doors import Request, problem
from balise.helpline.channels import access
from balise.helpline.channels.actions import answering, receiving
from balise.helpline.channels.rules import Way
from balise.helpline.channels.rules.messaging import meta, neutral
from balise.helpline.channels.rules.messaging.neutral import Incoming, Refusal
from balise.helpline.telephony.rules.signing import SIGNATURE, sent_at

SOURCE = "Balise-Source"
_LONGEST_BODY = 262_144

type Read = Callable[[object], Iterable[Incoming | Refusal]]


def gateway_that_signed(request: HttpRequest) -> Actor | None:
    """Return the gateway whose secret has signed this request, or None."""
    name = request.headers.get(SOURCE, "")
    secret = settings.MESSAGING_SECRETS.get(name, "")
    if not secret or name in {Way.WHATSAPP, Way.MESSENGER} or _is_too_long(request):
        return None
    header = request.headers.get(SIGNATURE, "")
    is_known = sent_at(header, secret=secret, body=request.body, now=now()) is not None
    return _provider(name) if is_known else None


def whatsapp_that_signed(request: HttpRequest) -> Actor | None:
    """Return WhatsApp where it has signed this request, or knows our token; None else."""
    return _meta(request, Way.WHATSAPP)


def messenger_that_signed(request: HttpRequest) -> Actor | None:
    """Return Messenger where it has signed this request, or knows our token; None else."""
    return _meta(request, Way.MESSENGER)


def messages(request: Request) -> HttpResponse:
    """Take one message of a gateway, or the failure of an answer; a repetition is no error."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        given = neutral.read(strict_json.loads(request.body))
    except (neutral.NotUnderstood, *strict_json.FAULTS):
        title = "A message has id, from and text; a failure has id and failed."
        return problem("not-understood", title, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    is_new = _take([given], Way.HOOK, request.actor)
    status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    return JsonResponse({"known": not is_new}, status=status)


def whatsapp(request: Request) -> HttpResponse:
    """Take what WhatsApp brings, or answer its challenge."""
    return _from_meta(request, Way.WHATSAPP, meta.from_whatsapp)


def messenger(request: Request) -> HttpResponse:
    """Take what Messenger brings, or answer its challenge."""
    return _from_meta(request, Way.MESSENGER, meta.from_messenger)


def _from_meta(request: Request, way: Way, read: Read) -> HttpResponse:
    if request.method == "GET":
        token = settings.MESSAGING_VERIFY.get(way.value, "")
        challenge = meta.challenge_in(request.GET.dict(), token=token)
        return HttpResponse(challenge, content_type="text/plain")
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "POST"])
    try:
        given = strict_json.loads(request.body)
    except strict_json.FAULTS:
        return problem(
            "not-json",
            "The body is not JSON in UTF-8, or an object has a name twice.",
            status=HTTPStatus.BAD_REQUEST,
        )
    _take(read(given), way, request.actor)
    return HttpResponse("EVENT_RECEIVED", content_type="text/plain")


def _take(given: Iterable[Incoming | Refusal], way: Way, by: Actor) -> bool:
    is_new = False
    for one in given:
        if isinstance(one, Refusal):
            answering.note_refused(way=way, source=by.key, refusal=one, by=by)
        else:
            is_new |= receiving.take_message(given=one, way=way, source=by.key, by=by)
    return is_new


def _meta(request: HttpRequest, way: Way) -> Actor | None:
    name = way.value
    if request.method == "GET":
        ours = settings.MESSAGING_VERIFY.get(name, "")
        given = request.GET.get("hub.verify_token", "")
        is_known = bool(ours) and hmac.compare_digest(given.encode(), ours.encode())
        return _provider(name) if is_known else None
    if _is_too_long(request):
        return None
    header = request.headers.get(meta.SIGNATURE, "")
    secret = settings.MESSAGING_SECRETS.get(name, "")
    is_known = meta.is_signed(header, secret=secret, body=request.body)
    return _provider(name) if is_known else None


def _provider(name: str) -> Actor:
    return Actor(ActorKind.PARTNER, name, frozenset({access.BRING}))


def _is_too_long(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length") or "0"
    return not length.isdecimal() or int(length) > _LONGEST_BODY
