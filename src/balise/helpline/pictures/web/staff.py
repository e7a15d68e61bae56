"""The staff door: a listener looks at a picture, asks whether it may be kept, closes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.encryption.worded import Receipt
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.pages import Part
from balise.helpline.conversations.web.pane import page_of
from balise.helpline.pictures import access, queries
from balise.helpline.pictures.actions import sealing
from balise.helpline.pictures.queries import Card
from balise.helpline.pictures.web.public import CaseForm

# What this module shows on pages of conversations and cases, which do not know it.


STYLE = "pictures/pictures.css"


@dataclass(frozen=True, slots=True)
class Cards:
    """The pictures of a conversation or a case."""

    about: UUID
    cards: Sequence[Card]


def room(token: Receipt, _seen_by: Actor) -> Part:
    """Return a young person's own pictures, above what they write; a script draws them again."""
    return Part("helpline/pictures/parts.html#room", queries.of_child(token), STYLE)


def composer(_token: Receipt, _seen_by: Actor) -> Part:
    """Return the way to show a picture: it takes along what is being written."""
    return Part("helpline/pictures/parts.html#way", None)


def pane(conversation_id: UUID, seen_by: Actor) -> Part | None:
    """Return the cards of a conversation, for its listener alone; a new one is drawn at once."""
    if not queries.may_see(conversation_id, who=seen_by):
        return None
    cards = queries.of_conversation(conversation_id, seen_by=seen_by)
    return Part("helpline/pictures/parts.html#cards", Cards(conversation_id, cards), STYLE)


def veiled() -> Part:
    """Return the part that draws a picture, blurred first; it reads its address as `source`."""
    return Part("helpline/pictures/parts.html#veiled", None, STYLE)


def case(case_id: UUID, seen_by: Actor) -> Part | None:
    """Return the pictures kept in a case, for its members; None for none."""
    cards = queries.of_case(case_id, seen_by=seen_by)
    shown = Cards(case_id, cards)
    return Part("helpline/pictures/parts.html#kept", shown, STYLE) if cards else None


HEADERS = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}


@staff.get
def cards(request: Request, conversation_id: UUID) -> HttpResponse:
    """Return the cards of a conversation again, for its page to draw."""
    access.require(request.actor, access.SEE)
    found = queries.of_conversation(conversation_id, seen_by=request.actor)
    context = {"part": Cards(conversation_id, found)}
    return render(request, "helpline/pictures/parts.html#cards", context)


@staff.get
def picture(request: Request, picture_id: UUID) -> HttpResponse:
    """Show a picture under its veil."""
    return _show(request, picture_id, None)


@staff.get
def drawn(request: Request, picture_id: UUID) -> HttpResponse:
    """Return the picture itself: each time is written down, and counted."""
    octets = sealing.look(picture_id=picture_id, by=request.actor)
    return HttpResponse(octets, content_type="image/webp", headers=HEADERS)


@staff.post
def seen(request: Request, picture_id: UUID) -> HttpResponse:
    """Hear from the page that the picture was drawn on its screen."""
    sealing.shown(picture_id=picture_id, by=request.actor)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@staff.post
def ask(request: Request, picture_id: UUID) -> HttpResponse:
    """Ask the young person whether it may be kept in a case."""
    queries.shown(picture_id, seen_by=request.actor)
    form = CaseForm(request.POST, seen_by=request.actor)
    if form.is_valid():
        with attempt(request, form, said=_("Asked. The picture is kept only after a yes.")):
            case_id = UUID(form.cleaned_data["case"])
            sealing.ask(picture_id=picture_id, case_id=case_id, by=request.actor)
            return redirect("staff:pictures:picture", picture_id)
    return _show(request, picture_id, form)


@staff.post
def take_out(request: Request, picture_id: UUID) -> HttpResponse:
    """Erase a picture."""
    card = queries.shown(picture_id, seen_by=request.actor)
    with attempt(request, said=_("The picture is erased.")):
        sealing.take_out(picture_id=picture_id, by=request.actor)
    if card.is_in_chat or card.case is None:
        return redirect(page_of(card.conversation, seen_by=request.actor))
    return redirect("staff:cases:case", card.case)


@staff.post
def seal(request: Request, picture_id: UUID) -> HttpResponse:
    """Close a picture that should not be here; go on to whether one must report."""
    card = queries.shown(picture_id, seen_by=request.actor)
    said = _("Closed: nobody sees it again but one supervisor, who was told. Must we report?")
    with attempt(request, said=said):
        case_id = sealing.seal(picture_id=picture_id, by=request.actor)
        if case_id is not None:
            return redirect("staff:cases:ask", case_id)
    return redirect(page_of(card.conversation, seen_by=request.actor))


def _show(request: Request, picture_id: UUID, form: CaseForm | None) -> HttpResponse:
    card = queries.shown(picture_id, seen_by=request.actor)
    form = form or CaseForm(posted(request), seen_by=request.actor)
    context = {
        "card": card,
        "conversation_url": page_of(card.conversation, seen_by=request.actor),
        "form": form,
        "looks": queries.looks_today(seen_by=request.actor),
    }
    return render(request, "helpline/pictures/picture.html", context, status=status_of(form))
