"""The staff door: a listener invites, opens what was shared, takes out the dossier of a case."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _

from balise.foundation.actors import Actor
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import NotYours
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.pages import Part
from balise.helpline.cases.rules.files import reference
from balise.helpline.conversations.web.pane import page_of
from balise.helpline.vault import access, ports, queries
from balise.helpline.vault.actions import handing, inviting, opening
from balise.helpline.vault.rules.items import clock_is_ahead, moment_of

# What this module shows on pages of cases and conversations, which do not know it.


def language() -> str:
    """Return the language of the words: that of the page."""
    return (get_language() or "fr")[:2]


def case(case_id: UUID, seen_by: Actor) -> Part | None:
    """Return what was shared with a case, and the way to invite; None for who is not on it."""
    shelf = queries.of_case(case_id, language=language(), seen_by=seen_by)
    return Part("helpline/vault/parts/shelf.html", shelf) if shelf else None


def pane(conversation_id: UUID, seen_by: Actor) -> Part | None:
    """Return what was asked of a vault, or the way to ask, for the listener alone."""
    found = queries.asked_in(conversation_id, seen_by=seen_by)
    return Part("helpline/vault/staff_parts.html#ask", found) if found else None


def room(token: Receipt, _seen_by: Actor) -> Part:
    """Return what the listener asks of the young person's vault; a script draws it again."""
    return Part("helpline/vault/parts.html#room", queries.is_asked(token))


HEADERS = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}


@staff.post
def invite(request: Request, case_id: UUID) -> HttpResponse:
    """Show eight new words for sharing with a case, this once."""
    access.require(request.actor, access.OPEN)
    queries.require_sees(case_id, who=request.actor)
    with attempt(request):
        invited = inviting.invite(case_id=case_id, language=language(), by=request.actor)
        context = {
            "case": case_id,
            "reference": reference(case_id.hex),
            "invited": invited,
            "words": invited.words.split(),
        }
        return render(request, "helpline/vault/invited.html", context)
    return redirect("staff:cases:case", case_id)


@staff.get
def asked(request: Request, conversation_id: UUID) -> HttpResponse:
    """Return what was asked in a conversation again, for its page to draw."""
    access.require(request.actor, access.OPEN)
    found = queries.asked_in(conversation_id, seen_by=request.actor)
    if found is None:
        raise NotYours(access.OPEN)
    return render(request, "helpline/vault/staff_parts.html#ask", {"part": found})


@staff.post
def ask(request: Request, conversation_id: UUID) -> HttpResponse:
    """Ask in the chat to share from the vault."""
    with attempt(request, said=_("Asked. They choose what to share, or say no.")):
        inviting.ask(conversation_id=conversation_id, by=request.actor)
    return redirect(page_of(conversation_id, seen_by=request.actor))


@staff.post
def take_back(request: Request, conversation_id: UUID) -> HttpResponse:
    """Ask no longer."""
    with attempt(request, said=_("The vault is no longer asked for anything.")):
        inviting.take_back(conversation_id=conversation_id, by=request.actor)
    return redirect(page_of(conversation_id, seen_by=request.actor))


@staff.get
def item(request: Request, share_id: UUID) -> HttpResponse:
    """Ask before an item is opened: the young person is told of it."""
    case_id, card = queries.shown(share_id, seen_by=request.actor)
    context = {"case": case_id, "reference": reference(case_id.hex), "card": card}
    return render(request, "helpline/vault/item.html", context)


@staff.post
def open_item(request: Request, share_id: UUID) -> HttpResponse:
    """Show an item in the open; a picture under its veil, where pictures are turned on."""
    case_id, card = queries.shown(share_id, seen_by=request.actor)
    with attempt(request):
        opened = opening.open_share(share_id=share_id, by=request.actor)
        one = opened.item
        taken_at = moment_of(one.taken_at)
        context = {
            "case": case_id,
            "reference": reference(case_id.hex),
            "card": card,
            "item": one,
            "stamped_at": opened.stamped_at,
            "taken_at": taken_at,
            "happened_at": moment_of(one.happened_at),
            "clock_is_ahead": clock_is_ahead(taken_at, known_at=card.received_at),
            "veil": ports.veil.ask() if queries.is_drawn(one) else None,
            "shows_pictures": queries.shows_pictures(),
        }
        return render(request, "helpline/vault/opened.html", context)
    return redirect("staff:vault:item", share_id)


@staff.get
def drawn(request: Request, share_id: UUID) -> HttpResponse:
    """Return an item's picture, drawn again: each time is written down, and counted."""
    with attempt(request):
        octets = opening.draw(share_id=share_id, by=request.actor)
        return HttpResponse(octets, content_type="image/webp", headers=HEADERS)
    return HttpResponse(status=HTTPStatus.CONFLICT)


@staff.post
def seen(request: Request, share_id: UUID) -> HttpResponse:
    """Hear from the page that the item was drawn on its screen."""
    with attempt(request):
        opening.shown(share_id=share_id, by=request.actor)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return HttpResponse(status=HTTPStatus.CONFLICT)


@staff.post
def close(request: Request, share_id: UUID) -> HttpResponse:
    """Close a picture that should not be here; go on to whether one must report."""
    case_id, _card = queries.shown(share_id, seen_by=request.actor)
    with attempt(request, said=_("Closed: it is erased from this case. Must we report?")):
        duty = opening.close(share_id=share_id, by=request.actor)
        return redirect("staff:cases:ask", duty or case_id)
    return redirect("staff:cases:case", case_id)


@staff.post
def dossier(request: Request, case_id: UUID) -> HttpResponse:
    """Hand over the dossier of a case, as one ZIP."""
    access.require(request.actor, access.OPEN)
    queries.require_sees(case_id, who=request.actor)
    with attempt(request):
        packed = handing.pack(case_id=case_id, language=language(), by=request.actor)
        name = f'attachment; filename="dossier-{reference(case_id.hex)}.zip"'
        headers = {**HEADERS, "Content-Disposition": name}
        return HttpResponse(packed, content_type="application/zip", headers=headers)
    return redirect("staff:cases:case", case_id)
