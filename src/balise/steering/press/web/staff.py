"""Press items, for those who enter them and those who read them."""

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts.queries import names_of
from balise.foundation.clock import today
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.steering.imports.web.forms import WithdrawForm
from balise.steering.press import access, actions, queries
from balise.steering.press.rules.files import HeadingKind, quantity_of
from balise.steering.press.rules.syndication import code_of
from balise.steering.press.web.forms import FilterForm, HeadingForm, ItemForm, initial_of
from balise.steering.rules.leaving import quantity_words

MOST_EVIDENCE: Final = 20_000_000
_PER_PAGE: Final = 50
_takes_evidence = partial(takes_plain_files, most=MOST_EVIDENCE)


@staff.get
def items(request: Request) -> HttpResponse:
    """List the items of a period, with what they hold together."""
    form = FilterForm(request.GET)
    chosen = form.chosen
    rows = queries.items(chosen, seen_by=request.actor)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    kept = {name: str(value) for name, value in request.GET.items() if value and name != "page"}
    topics = queries.headings()[HeadingKind.TOPIC]
    shown = {
        "form": form,
        "rows": [(row, topics.get(row.topic, row.topic)) for row in page],
        "totals": queries.totals(chosen, seen_by=request.actor),
        "newer": _at(kept, page.number - 1) if page.has_previous() else "",
        "older": _at(kept, page.number + 1) if page.has_next() else "",
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "press/list.html", shown)


@staff.form
@_takes_evidence
def add(request: Request) -> HttpResponse:
    """Enter an item."""
    access.require(request.actor, access.WRITE)
    form = ItemForm(posted(request), request.FILES or None, initial={"day": today()})
    if form.is_valid():
        with attempt(request, form, said=_("The press item is entered.")):
            made = actions.note(told=form.told, by=request.actor)
            return redirect("staff:press:item", made)
    return render(request, "press/edit.html", {"form": form}, status=status_of(form))


@staff.form
def item(request: Request, item_id: UUID) -> HttpResponse:
    """Show an item; withdraw it."""
    form = WithdrawForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The press item is withdrawn."), conflict=True):
            actions.withdraw(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:press:item", item_id)
    row = queries.item(item_id, seen_by=request.actor)
    names = queries.headings()
    shown = {
        "row": row,
        "form": form,
        "topic": names[HeadingKind.TOPIC].get(row.topic, row.topic),
        "sequence": names[HeadingKind.SEQUENCE].get(row.sequence, row.sequence),
        "others": queries.others_of(row, seen_by=request.actor),
        "audience": quantity_words(quantity_of(row.audience, row.bound)),
        "shows_equivalent": settings.PRESS_EQUIVALENT,
        "entered_by": names_of({row.entered_by}).get(row.entered_by, ""),
        "may_write": request.actor.may(access.WRITE) and row.withdrawn_at is None,
    }
    return render(request, "press/item.html", shown, status=status_of(form))


@staff.form
@_takes_evidence
def change(request: Request, item_id: UUID) -> HttpResponse:
    """Correct an item."""
    access.require(request.actor, access.WRITE)
    row = queries.item(item_id, seen_by=request.actor)
    form = ItemForm(
        posted(request), request.FILES or None, initial=initial_of(row), evidence=row.evidence
    )
    if form.is_valid():
        with attempt(request, form, said=_("Saved."), conflict=True):
            actions.correct(item_id=item_id, told=form.told, by=request.actor)
            return redirect("staff:press:item", item_id)
    return render(request, "press/edit.html", {"form": form, "row": row}, status=status_of(form))


@staff.form
def headings(request: Request) -> HttpResponse:
    """List topics and sequences; add one."""
    access.require(request.actor, access.READ)
    form = HeadingForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            name = form.cleaned_data["name"]
            added: Any = {form.cleaned_data["kind"]: {code_of(name): name}}
            actions.add_all(added=added, by=request.actor)
            return redirect("staff:press:headings")
    names = queries.headings()
    shown = {
        "rows": [(kind, code, name) for kind in HeadingKind for code, name in names[kind].items()],
        "form": form,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "press/headings.html", shown, status=status_of(form))


def _at(kept: dict[str, str], page: int) -> str:
    return f"?{urlencode({**kept, 'page': page})}"
