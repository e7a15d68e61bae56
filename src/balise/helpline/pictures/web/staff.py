"""The staff door: a listener looks at a picture, asks whether it may be kept, closes it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.conversations.web.pane import page_of
from balise.helpline.pictures import access, queries
from balise.helpline.pictures.actions import keeping, looking, sealing
from balise.helpline.pictures.web.forms import CaseForm
from balise.helpline.pictures.web.parts import Cards

HEADERS = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}


@staff.get
def cards(request: Request, conversation_id: UUID) -> HttpResponse:
    """Return the cards of a conversation again, for its page to draw."""
    access.require(request.actor, access.SEE)
    found = queries.of_conversation(conversation_id, seen_by=request.actor)
    context = {"part": Cards(conversation_id, found)}
    return render(request, "helpline/pictures/parts/cards.html", context)


@staff.get
def picture(request: Request, picture_id: UUID) -> HttpResponse:
    """Show a picture under its veil."""
    return _show(request, picture_id, None)


@staff.get
def drawn(request: Request, picture_id: UUID) -> HttpResponse:
    """Return the picture itself: each time is written down, and counted."""
    octets = looking.look(picture_id=picture_id, by=request.actor)
    return HttpResponse(octets, content_type="image/webp", headers=HEADERS)


@staff.post
def seen(request: Request, picture_id: UUID) -> HttpResponse:
    """Hear from the page that the picture was drawn on its screen."""
    looking.shown(picture_id=picture_id, by=request.actor)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@staff.post
def ask(request: Request, picture_id: UUID) -> HttpResponse:
    """Ask the young person whether it may be kept in a case."""
    queries.shown(picture_id, seen_by=request.actor)
    form = CaseForm(request.POST, seen_by=request.actor)
    if form.is_valid():
        with attempt(request, form, said=_("Asked. The picture is kept only after a yes.")):
            case_id = UUID(form.cleaned_data["case"])
            keeping.ask(picture_id=picture_id, case_id=case_id, by=request.actor)
            return redirect("staff:pictures:picture", picture_id)
    return _show(request, picture_id, form)


@staff.post
def take_out(request: Request, picture_id: UUID) -> HttpResponse:
    """Erase a picture."""
    card = queries.shown(picture_id, seen_by=request.actor)
    with attempt(request, said=_("The picture is erased.")):
        keeping.take_out(picture_id=picture_id, by=request.actor)
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
