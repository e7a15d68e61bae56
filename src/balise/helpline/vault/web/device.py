"""The public door of a device: stamps, invitations, shares, backups, links. All is ciphertext."""

from base64 import b64encode
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

import orjson
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balise.foundation.encryption.timestamps import trusted_roots
from balise.foundation.encryption.worded import Receipt, read_code
from balise.foundation.files.keeping import read_upload
from balise.foundation.files.uploads import SealedUpload, takes_files
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.refusals import Refused
from balise.foundation.strict_json import KeyTwice, loads
from balise.foundation.web import pauses
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, framed_by, problem, public
from balise.foundation.web.pauses import metered
from balise.foundation.web.spending import spends
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.web.talk import with_token
from balise.helpline.vault import queries
from balise.helpline.vault.actions import backing, inviting, linking, sharing, stamping
from balise.helpline.vault.actions.backing import Standing
from balise.helpline.vault.documents.passing import Upload
from balise.helpline.vault.rules.asking import NotAsked
from balise.helpline.vault.rules.bounds import Malformed
from balise.helpline.vault.rules.sharing import Elsewhere, InvitationUnknown, said_of
from balise.helpline.vault.web.page import WAY

# Addresses that the vault's own page calls by script: JSON, no cookie, refusals as problems.


type Fields = dict[str, Any]
type View = Callable[..., HttpResponse]

_STATUS: Final = {
    "code-elsewhere": HTTPStatus.CONFLICT,
    "file-not-stored": HTTPStatus.SERVICE_UNAVAILABLE,
    "file-too-large": HTTPStatus.CONTENT_TOO_LARGE,
    "invitation-over": HTTPStatus.GONE,
    "invitation-unknown": HTTPStatus.NOT_FOUND,
    "link-over": HTTPStatus.GONE,
    "receipt-mistyped": HTTPStatus.BAD_REQUEST,
    "stamps-off": HTTPStatus.SERVICE_UNAVAILABLE,
    "vault-malformed": HTTPStatus.BAD_REQUEST,
    "vault-not-committed": HTTPStatus.CONFLICT,
    "vault-not-sealed": HTTPStatus.BAD_REQUEST,
    "vault-too-large": HTTPStatus.CONTENT_TOO_LARGE,
}


def answers(*methods: str) -> Callable[[View], View]:
    """Open an address to the page's script, at a pace; a refusal leaves as a problem (RFC 9457).

    Another site gains nothing by calling it: no cookie is read, each secret is in the request.
    """

    def behind(view: View) -> View:
        @wraps(view)
        def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                answer = view(request, *args, **kwargs)
            except (NotHere, NotYours):
                return problem("not-here", "There is nothing here.", status=HTTPStatus.NOT_FOUND)
            except Refused as refusal:
                status = _STATUS.get(refusal.code, HTTPStatus.CONFLICT)
                return problem(refusal.code, refusal.message, status=status)
            answer["Cache-Control"] = "no-store"
            return answer

        return public(csrf_exempt(require_http_methods(methods)(metered(answered))))

    return behind


def said(request: Request) -> Fields:
    """Return the fields of a JSON object that was sent; refuses (Malformed) anything else."""
    try:
        found = loads(request.body)
    except (orjson.JSONDecodeError, KeyTwice, UnicodeDecodeError):
        raise Malformed("A JSON object is needed.") from None
    if not isinstance(found, dict):
        raise Malformed("A JSON object is needed.")
    return found


def whole(text: object) -> int:
    """Return a whole number that came as text; refuses (Malformed) anything else."""
    if not isinstance(text, str) or not text.isdecimal() or len(text) > 9:  # noqa: PLR2004
        raise Malformed("A whole number is needed.")
    return int(text)


def found(**fields: object) -> JsonResponse:
    """Return fields as JSON."""
    return JsonResponse(fields)


def octets(content: bytes) -> HttpResponse:
    """Return ciphertext."""
    return HttpResponse(content, content_type="application/octet-stream")


LINE = "helpline"
BACKUPS = "helpline.vault.backups"  # budgets (`module.py`)
PASSING = "helpline.vault.passing"
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS.value
AGAIN = "2"  # seconds after which a stamp is asked for again
WORDS_AGAIN = "1"


@answers("POST")
def stamp(request: Request) -> HttpResponse:
    """Return the timestamps of commitments, in their order; 202 while one is out."""
    answered = stamping.ask_each(commitments=said(request).get("commitments"), by=request.actor)
    stamps = [
        {
            "commitment": commitment,
            "received_at": one.received_at.isoformat(),
            "token": b64encode(one.answer).decode(),
        }
        for commitment, one in answered.items()
    ]
    roots = trusted_roots().decode("ascii")
    if all(one.answer for one in answered.values()):
        return found(stamps=stamps, roots=roots)
    return _waiting(AGAIN, stamps=stamps, roots=roots)


@answers("POST")
def invitation(request: Request) -> HttpResponse:
    """Return the signed key of the case that eight words open to; 202 until the case answers."""
    given = said(request)
    code = str(given.get("code", ""))
    if pauses.has_to_pause(request):
        return _slower()
    try:
        known = inviting.take(code=code, committed=given.get("committed"), by=request.actor)
    except InvitationUnknown:
        # On the app's own origin nothing else can be asked: it knows the codes of vaults alone.
        is_own = "app" in settings.DOORS
        if not is_own and pauses.found(request, read_code(code), door=WAY.door):
            raise Elsewhere("This code opens something else.") from None
        raise
    if known is None:
        return _waiting(WORDS_AGAIN)
    return found(
        case=known.case,
        recipient=known.recipient,
        signature=b64encode(known.signature).decode(),
        signed=said_of(known.case, known.recipient).decode(),
        answer=known.answer.hex(),
    )


@answers("POST")
def reveal(request: Request) -> HttpResponse:
    """Note what a device drew for the four words that both sides show."""
    given = said(request)
    if pauses.has_to_pause(request):
        return _slower()
    drawn = given.get("drawn")
    inviting.reveal(code=str(given.get("code", "")), drawn=drawn, by=request.actor)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@spends(PASSING)
@takes_files
@answers("POST")
def share(request: Request) -> HttpResponse:
    """Keep an item for a case."""
    share_id, received_at = sharing.share(
        case=_uuid(request.POST.get("case")),
        secret=request.POST.get("secret"),
        header=_file(request, "header"),
        body=_body(request),
        stamp=_file(request, "stamp") if "stamp" in request.FILES else b"",
        by=request.actor,
    )
    answer = found(share=str(share_id), received_at=received_at.isoformat())
    answer.status_code = HTTPStatus.CREATED
    return answer


@answers("POST")
def states(request: Request) -> HttpResponse:
    """Return what became of items: opened when, taken back, closed."""
    return found(shares=queries.states(said(request).get("secrets")))


@answers("POST")
def revoke(request: Request) -> HttpResponse:
    """Take an item back; return what was opened of it, and when."""
    secret = said(request).get("secret")
    sharing.revoke(secret=secret, by=request.actor)
    return found(**queries.states([secret])[0])


@answers("GET", "DELETE")
def backup(request: Request, locator: str) -> HttpResponse:
    """Return what there is of a backup, or erase it."""
    auth = _bearer(request)
    if request.method == "DELETE":
        backing.erase(locator=locator, auth=auth, by=request.actor)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _standing(backing.stand(locator=locator, auth=auth, by=request.actor))


@spends(lambda request: PASSING if "passing" in request.GET else BACKUPS)
@answers("GET", "PUT")
def piece(request: Request, locator: str, number: str) -> HttpResponse:
    """Return a piece of a backup, or keep one."""
    auth = _bearer(request)
    queries.place_of(locator, auth)
    if request.method == "PUT":
        standing = backing.put(
            locator=locator,
            auth=auth,
            number=whole(number),
            of=whole(request.GET.get("of")),
            octets=request.body,
            is_passing="passing" in request.GET,
            by=request.actor,
        )
        return _standing(standing)
    nth = whole(number)
    return octets(backing.piece(locator=locator, auth=auth, number=nth, by=request.actor))


@spends(PASSING)
@takes_files
@answers("POST")
def link(request: Request) -> HttpResponse:
    """Keep an item for a link."""
    link_id, until = linking.make(
        secret=request.POST.get("secret"),
        openings=whole(request.POST.get("openings")),
        days=whole(request.POST.get("days")),
        sealed=_body(request),
        by=request.actor,
    )
    answer = found(link=str(link_id), until=until.isoformat())
    answer.status_code = HTTPStatus.CREATED
    return answer


@answers("POST")
def open_link(request: Request) -> HttpResponse:
    """Return what a link leads to; one opening is counted."""
    return octets(linking.open_link(link_id=_uuid(said(request).get("link")), by=request.actor))


@answers("POST")
def withdraw(request: Request) -> HttpResponse:
    """Take a link back."""
    linking.withdraw(secret=said(request).get("secret"), by=request.actor)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _body(request: Request) -> bytes | Upload:
    """Return the body of an item: as it was sent, or the upload that it came by, in pieces.

    Refuses (Malformed) a part of one: what is shared or linked has an upload of its own.
    """
    if "locator" not in request.POST:
        return _file(request, "body")
    if whole(request.POST.get("first")) or whole(request.POST.get("skip")):
        raise Malformed("An item is sent by an upload of its own.")
    return Upload(
        queries.place_of(request.POST["locator"], request.POST.get("auth")),
        pieces=whole(request.POST.get("pieces")),
        length=whole(request.POST.get("bytes")),
    )


def _file(request: Request, name: str) -> bytes:
    sent = request.FILES.get(name)
    if not isinstance(sent, SealedUpload):
        raise Malformed(f"{name} is missing.")
    if sent.refusal is not None:
        raise sent.refusal
    return b"".join(read_upload(sent, line=LINE))


def _uuid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise Malformed("An id is not of its form.") from None


def _bearer(request: Request) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _slower() -> HttpResponse:
    return problem("slower", "Too much at once. Try again later.", status=TOO_MANY)


def _waiting(seconds: str, **fields: object) -> HttpResponse:
    waiting = found(**fields)
    waiting.status_code, waiting["Retry-After"] = HTTPStatus.ACCEPTED, seconds
    return waiting


def _standing(standing: Standing) -> HttpResponse:
    return found(
        pieces=list(standing.pieces),
        of=standing.of,
        whole=standing.is_whole,
        until=standing.until.isoformat(),
    )


# The public door of a chat: what its listener asks of a vault; the app's origin takes it up.
#
# The session of the chat is its cookie, which no page of the app reads. So the vault asks in a
# frame of this origin, which answers the app's origin alone, through a port: nothing is in an
# address.


@public.get
@with_token
def asked(request: Request, token: Receipt) -> HttpResponse:
    """Return what the listener asks for, for the room to draw again."""
    context = {"part": queries.is_asked(token)}
    return render(request, "helpline/vault/parts.html#asked", context)


@public.post
@with_token
def decline(request: Request, token: Receipt) -> HttpResponse:
    """Say no; the chat goes on."""
    with attempt(request):
        inviting.decline(token=token, by=request.actor)
    return redirect("talk:room")


@public.form
def handing(request: Request) -> HttpResponse:
    """Show nothing, in a frame of the app; told to, give the key of the case, this once."""
    if request.method != "POST":
        answer = render(request, "helpline/vault/handing.html", {"app": settings.APP_ADDRESS})
        return framed_by(answer, settings.APP_ADDRESS or "'self'")
    token = admitting.token_in(request.headers.get("Cookie", ""))
    try:
        if token is None:
            raise NotAsked("Nobody asks.")
        known = inviting.take_up(token=token, by=request.actor)
    except Refused:  # who has no chat learns no more than who is not asked
        return problem(NotAsked.code, "Nobody asks.", status=HTTPStatus.CONFLICT)
    answer = found(
        case=known.case,
        recipient=known.recipient,
        signature=b64encode(known.signature).decode(),
    )
    answer["Cache-Control"] = "no-store"
    return answer
