"""The public door of a device: stamps, invitations, shares, backups, links. All is ciphertext."""

from base64 import b64encode
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from balise.foundation.encryption.dating import trusted_roots
from balise.foundation.encryption.worded import read_code
from balise.foundation.files.keeping import read_upload
from balise.foundation.files.uploads import SealedUpload, takes_files
from balise.foundation.web import codes
from balise.foundation.web.doors import Request, problem
from balise.foundation.web.spending import spends
from balise.helpline.vault import queries
from balise.helpline.vault.actions import backing, inviting, linking, sharing, stamping
from balise.helpline.vault.actions.backing import Standing
from balise.helpline.vault.documents.passing import Upload
from balise.helpline.vault.rules.bounds import Malformed
from balise.helpline.vault.rules.sharing import Elsewhere, InvitationUnknown, said_of
from balise.helpline.vault.web.answers import answers, found, octets, said, whole
from balise.helpline.vault.web.page import WAY

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
    if codes.has_to_pause(request):
        return _slower()
    try:
        known = inviting.take(code=code, committed=given.get("committed"), by=request.actor)
    except InvitationUnknown:
        # On the app's own origin nothing else can be asked: it knows the codes of vaults alone.
        is_own = "app" in settings.DOORS
        if not is_own and codes.found(request, read_code(code), door=WAY.door):
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
    if codes.has_to_pause(request):
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
