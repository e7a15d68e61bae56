"""On a content's page: hosted abroad, so whom it goes to, why, and how that stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import LongTextField
from balise.foundation.web.pages import Part
from balise.hotline.abroad import actions
from balise.hotline.reports import access
from balise.hotline.reports.actions.consulting import NothingSaid, reasons_of
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.listing import ContentRow
from balise.hotline.reports.queries.standing import illegal_online
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.takedown.onward.exchange import access as exchange
from balise.takedown.onward.exchange.queries import iccam, peers, peers as transfers
from balise.takedown.onward.exchange.queries.peers import Way
from balise.takedown.onward.exchange.rules.letters import LONGEST_WORDS

# Read what an analyst writes to a hotline abroad.


class HandOverAbroadForm(forms.Form):
    """To whom, and why it is illegal."""

    peer_id = forms.TypedChoiceField(label=_("To"), coerce=UUID)
    words = LongTextField(
        label=_("Content, and why it is illegal"),
        help_text=_(
            "The other hotline reads this, in your language. Describe, never copy. Do not name a "
            "victim or a reporter. It starts with the reasons of your verdict: check them."
        ),
        rows=4,
        max_length=LONGEST_WORDS,
    )

    def __init__(self, *args: object, hotlines: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["peer_id"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = hotlines


@dataclass(frozen=True, slots=True)
class Abroad:
    """What a content's page says of hotlines abroad."""

    row: ContentRow
    way: Way | None
    transfers: Sequence[object]
    may_send: bool
    iccam: Sequence[object]
    may_export: bool


def abroad(row: ContentRow, *, seen_by: Actor) -> Abroad | None:
    """Return what to say of hotlines abroad on a content's page; None where there is nothing."""
    if not seen_by.may(exchange.READ):
        return None
    found = transfers.about(line="hotline", subject=row.id, seen_by=seen_by)
    cases = iccam.about(line="hotline", subject=row.id, seen_by=seen_by)
    is_illegal = row.verdict is Verdict.ILLEGAL and row.state is ContentState.REMOVING
    online = illegal_online(row.id, seen_by=seen_by) if is_illegal else None
    way = peers.way(row.country, of_child=online.of_child) if online else None
    if not found and not cases and way is None:
        return None
    may_send = seen_by.may(exchange.SEND) and seen_by.may(access.ASSESS) and way is not None
    have_it = {one.peer_id for one in found if one.closed_at is None}
    return Abroad(
        row=row,
        way=way,
        transfers=found,
        may_send=may_send and way is not None and any(peer.id not in have_it for peer in way.peers),
        iccam=cases,
        may_export=may_send and iccam.is_on() and way is not None and way.is_abroad and not cases,
    )


def part(row: ContentRow, seen_by: Actor) -> Part | None:
    """Return the part on hotlines abroad of a content's page."""
    found = abroad(row, seen_by=seen_by)
    return Part("hotline/abroad/content.html", found) if found else None


@staff.form
def hand_over(request: Request, content_id: UUID) -> HttpResponse:
    """Ask to whom and why, and hand a content over to a hotline abroad."""
    row = listing.content(content_id=content_id, seen_by=request.actor)
    found = abroad(row, seen_by=request.actor)
    if found is None or found.way is None:
        raise Http404
    hotlines = [(str(peer.id), peer.name) for peer in found.way.peers]
    form = HandOverAbroadForm(
        posted(request), hotlines=hotlines, initial={"words": _written(content_id, request)}
    )
    if form.is_valid():
        with attempt(request, form, said=gettext("Being sent to the hotline abroad.")):
            actions.hand_over(content_id=content_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hotline:content", content_id)
    context = {"row": row, "abroad": found, "form": form}
    page = "hotline/abroad/hand_over.html"
    return render(request, page, context, status=status_of(form))


def _written(content_id: UUID, request: Request) -> str:
    """Return the reasons of the verdict to start from; "" where there are none, or as it is sent.

    They are opened, which is logged, for the page on which they are read before anything leaves.
    """
    if request.method == "POST":
        return ""
    try:
        return reasons_of(content_id=content_id, language=settings.LANGUAGE_CODE, by=request.actor)
    except NothingSaid:
        return ""


@staff.post
def export(request: Request, content_id: UUID) -> HttpResponse:
    """Have a content exported to ICCAM."""
    with attempt(request, said=gettext("Being sent to ICCAM.")):
        actions.export_to_iccam(content_id=content_id, by=request.actor)
    return redirect("staff:hotline:content", content_id)
