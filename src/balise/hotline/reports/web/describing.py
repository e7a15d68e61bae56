"""The staff door: what the items of a content show."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import describing
from balise.hotline.reports.web.forms.describing import ItemForm
from balise.hotline.reports.web.staff import show


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
            return redirect(reverse("staff:hotline:content", args=[content_id]) + "#items")
    return show(request, content_id, item_form=form)


@staff.post
def withdraw(request: Request, content_id: UUID, item_id: int) -> HttpResponse:
    """Take back an item that was described by mistake."""
    with attempt(request, said=_("Item removed.")):
        describing.withdraw_item(content_id=content_id, item_id=item_id, by=request.actor)
    return redirect(reverse("staff:hotline:content", args=[content_id]) + "#items")
