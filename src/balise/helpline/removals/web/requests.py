"""A request: written because someone agreed, shown with what it asks, added to."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.encryption.worded import Receipt
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.phrases import code_of
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.web.back import back_or, item_of
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import asking
from balise.helpline.removals.rules.requests import ItemKind, missing, score
from balise.helpline.removals.web.forms import ItemForm, RequestForm

NEW = "helpline/removals/new.html"


@staff.form
def new(request: Request) -> HttpResponse:
    """Write a request; show the young person's code once."""
    access.require(request.actor, access.WORK)
    contact_id, conversation_id = _began_in(request)
    platforms = queries.platforms()
    form = RequestForm(posted(request), platforms=platforms)
    if form.is_valid():
        asked = form.cleaned_data
        with attempt(request, form, at=_FIELD_OF):
            prepared = asking.prepare(
                key=asked["key"],
                platform_id=asked["platform"],
                consent=asked["consent"],
                agreed=asked["agreed"],
                urgency=asked["urgency"],
                given=form.given(),
                words=asked["about"],
                contact_id=contact_id,
                conversation_id=conversation_id,
                by=request.actor,
            )
            if prepared.code is None:
                return back_or(request, "staff:removals:request", prepared.id)
            return _show_code(request, prepared.id, prepared.code)
    context = {"form": form, "contact": contact_id, "item_id": item_of(request)}
    return render(request, NEW, context, status=status_of(form))


@staff.get
def request_page(request: Request, request_id: UUID) -> HttpResponse:
    """Show a request with all it asks; reading it is written down."""
    return _show(request, request_id, ItemForm())


@staff.post
def add(request: Request, request_id: UUID) -> HttpResponse:
    """Add one more thing."""
    form = ItemForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Added."), at=_FIELD_OF):
            asking.add_item(request_id=request_id, given=form.given(), by=request.actor)
            return redirect("staff:removals:request", request_id)
    return _show(request, request_id, form)


@staff.post
def code(request: Request, request_id: UUID) -> HttpResponse:
    """Show a new code for the young person, once."""
    renewed = asking.renew_code(request_id=request_id, by=request.actor)
    return _show_code(request, request_id, renewed)


@staff.post
def completeness(request: Request) -> HttpResponse:
    """Say, while it is written, what an item still lacks; nothing is kept."""
    access.require(request.actor, access.WORK)
    given = request.POST
    kind = ItemKind.ACCOUNT if given.get("kind") == ItemKind.ACCOUNT else ItemKind.CONTENT
    url, handle, words = given.get("url", ""), given.get("handle", ""), given.get("words", "")
    context = {
        "score": score(url=url.strip(), handle=handle.strip(), kind=kind, words=words),
        "missing": missing(url=url.strip(), handle=handle.strip(), kind=kind, words=words),
    }
    return render(request, "helpline/removals/parts.html#completeness", context)


# Where a refusal is shown.
_FIELD_OF = {
    "removal-no-consent": "agreed",
    "removal-no-channel": "platform",
    "removal-hotlines-own": "offence",
    "removal-incomplete": "url",
    "address-refused": "url",
    "offence-unknown": "offence",
    "offence-not-in-force": "offence",
    "offence-annulled": "offence",
    "facts-days-out-of-order": "facts_on",
}


def _show(request: Request, request_id: UUID, form: ItemForm) -> HttpResponse:
    context = {
        "opened": asking.read(request_id=request_id, by=request.actor),
        "form": form,
        "may_work": request.actor.may(access.WORK),
    }
    return render(request, "helpline/removals/request.html", context, status=status_of(form))


def _show_code(request: Request, request_id: UUID, code: Receipt) -> HttpResponse:
    context = {"request_id": request_id, "code": code_of(code), "item_id": item_of(request)}
    return render(request, "helpline/removals/code.html", context)


def _began_in(request: Request) -> tuple[UUID | None, UUID | None]:
    """Return the contact that a request begins in, and its conversation, if there is one."""
    try:
        contact_id = UUID(request.GET.get("contact", ""))
        row = contacts.contact(contact_id, seen_by=request.actor)
    except (ValueError, ObjectDoesNotExist):
        return None, None
    return contact_id, row.subject if row.channel is Channel.CHAT else None
