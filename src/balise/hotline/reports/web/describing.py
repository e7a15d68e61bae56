"""The staff door: what the items of a content show."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from balise.foundation.finding import NotHere
from balise.foundation.web.attempts import attempt, say_undoable
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import describing
from balise.hotline.reports.web.forms.describing import ItemForm
from balise.hotline.reports.web.staff import show
from balise.takedown.law.rules.items import Item

_WITHDRAWN = "hotline.item-withdrawn"  # of the session: the last item that was taken back


@staff.post
def describe(request: Request, content_id: UUID) -> HttpResponse:
    """Add one item, or several that show the same, and offer the next one."""
    form = ItemForm(request.POST)
    if form.is_valid():
        with attempt(request, form, conflict=True):
            count = describing.describe_items(
                content_id=content_id, items=form.items, by=request.actor
            )
            words = ngettext(
                "%(count)d item is described.", "%(count)d items are described.", count
            )
            messages.success(request, words % {"count": count})
            return _items(content_id)
    return show(request, content_id, item_form=form)


@staff.post
def withdraw(request: Request, content_id: UUID, item_id: int) -> HttpResponse:
    """Take back an item that was described by mistake; that can be undone."""
    with attempt(request):
        item = describing.withdraw_item(content_id=content_id, item_id=item_id, by=request.actor)
        if item:
            request.session[_WITHDRAWN] = {"content": str(content_id), "codes": item.codes()}
            again = reverse("staff:hotline:put-item-back", args=[content_id])
            say_undoable(request, _("Item removed."), by=again)
    return _items(content_id)


@staff.post
def put_back(request: Request, content_id: UUID) -> HttpResponse:
    """Describe once more, as a new item, the last one that this person took back."""
    withdrawn = request.session.get(_WITHDRAWN, {})
    if withdrawn.get("content") != str(content_id):
        raise NotHere
    with attempt(request, said=_("Item added again.")):
        item = Item.of_codes(withdrawn["codes"])
        describing.describe_items(content_id=content_id, items=[item], by=request.actor)
        del request.session[_WITHDRAWN]
    return _items(content_id)


def _items(content_id: UUID) -> HttpResponse:
    return redirect(reverse("staff:hotline:content", args=[content_id]) + "#items")
