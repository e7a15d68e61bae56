"""How recipients answer, in figures; and the customs of one contact."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.clock import today
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.directory import queries as directory
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import sending
from balise.takedown.notices.web.forms.desk import CustomsForm, PeriodForm

_DAYS = 90


@staff.get
def recipients(request: Request) -> HttpResponse:
    """Show what each recipient did with our notices, and how long it took: exact percentiles."""
    access.require_ability(request.actor, access.READ)
    until: date = today()
    since: date = until - timedelta(days=_DAYS)
    form = PeriodForm(request.GET or None, initial={"since": since, "until": until})
    if form.is_bound and form.is_valid():
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    context = {
        "form": form,
        "since": since,
        "until": until,
        "recipients": queries.by_recipient(since=since, until=until, seen_by=request.actor),
    }
    return render(request, "takedown/notices/recipients.html", context)


@staff.form
def customs(request: Request, contact_id: UUID) -> HttpResponse:
    """Show the customs that hold for one contact, and set what it has of its own."""
    may = access.SET_CUSTOMS if request.method == "POST" else access.READ
    access.require_ability(request.actor, may)
    contact = there(directory.contact(contact_id))
    country = queries.country_customs()
    own = queries.own_customs(contact_id)
    initial = (
        {
            name: getattr(own, name)
            for name in (
                *("group_minutes", "most_items", "most_reminders", "quiet_begins"),
                *("quiet_ends", "always_open", "climbs_alone"),
            )
        }
        if own is not None
        else {}
    )
    form = CustomsForm(posted(request), steps=country.ladder, initial=initial)
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            sending.set_customs(contact_id=contact_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:notices:customs", contact_id)
    context = {
        "contact": contact,
        "customs": queries.customs_for(contact_id),
        "country": country,
        "form": form,
        "may_set": request.actor.may(access.SET_CUSTOMS),
    }
    return render(request, "takedown/notices/customs.html", context, status=status_of(form))
