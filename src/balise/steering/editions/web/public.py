"""What the bearer of a numbered link reads of a draft, and asks of it."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.steering.editions.actions import reading
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.preparing import LinkOver
from balise.steering.editions.web.forms import AboutForm


@public.form
def draft(request: Request, token: str) -> HttpResponse:
    """Show a draft to a member: each page with its tables; take a question."""
    try:
        link = reading.open_link(token=token, by=request.actor)
    except LinkOver as over:
        reason = {"reason": over.message}
        return render(request, "steering/editions/over.html", reason, status=HTTPStatus.GONE)
    read = showing.draft(link)
    form = AboutForm(posted(request), pages=[(one.code, one.title) for one in read.pages])
    if form.is_valid():
        with attempt(request, form, said=str(_("Your question was sent."))):
            reading.comment(token=token, by=request.actor, **form.cleaned_data)
            return redirect("editions:draft", token)
    shown = {"link": link, "read": read, "form": form, "language": get_language()}
    return render(request, "steering/editions/draft.html", shown, status=status_of(form))
