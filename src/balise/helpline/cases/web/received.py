"""The staff door: who waits, and a referral whose words are shown to the listener who took it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases import access
from balise.helpline.cases.actions import listening
from balise.helpline.cases.queries import received as queries
from balise.helpline.cases.queries.received import Which
from balise.helpline.cases.rules.received import ReferralState
from balise.helpline.cases.web.forms.received import ClosingForm

REFERRAL = "helpline/cases/referral.html"


@staff.get
def referrals(request: Request) -> HttpResponse:
    """List who waits, whom one has taken or helped, and whom the others have; no words."""
    which = _which(request.GET.get("which", ""))
    context = {
        "which": which,
        "pile": queries.pile(which, seen_by=request.actor),
        "tabs": _tabs(request, which),
        "may_work": request.actor.may(access.WORK),
    }
    return render(request, "helpline/cases/referrals.html", context)


@staff.get
def referral(request: Request, referral_id: UUID) -> HttpResponse:
    """Show a referral without opening what is sealed."""
    return _show(request, referral_id)


@staff.post
def take(request: Request, referral_id: UUID) -> HttpResponse:
    """Take a referral; if another listener was quicker, say so."""
    with attempt(request):
        listening.take(referral_id=referral_id, by=request.actor)
    return redirect("staff:helpline:referral", referral_id)


@staff.post
def open_words(request: Request, referral_id: UUID) -> HttpResponse:
    """Open what is sealed, because the listener asks for it."""
    return _show(request, referral_id, opens=True)


@staff.post
def close(request: Request, referral_id: UUID) -> HttpResponse:
    """Close a referral; if that cannot be, keep what was typed."""
    form = ClosingForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("The referral is closed."), conflict=True):
            listening.close(referral_id=referral_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:helpline:referrals")
    return _show(request, referral_id, form)


@staff.post
def make_file(request: Request, referral_id: UUID) -> HttpResponse:
    """Make a file of a referral, or open the one that was made of it."""
    with attempt(request):
        case_id = listening.make_file(referral_id=referral_id, by=request.actor)
        return redirect("staff:cases:case", case_id)
    return redirect("staff:helpline:referral", referral_id)


@staff.post
def give_back(request: Request, referral_id: UUID) -> HttpResponse:
    """Let a referral wait again for another listener."""
    with attempt(request, said=_("The referral is waiting for a listener again.")):
        listening.give_back(referral_id=referral_id, by=request.actor)
    return redirect("staff:helpline:referrals")


def _show(
    request: Request,
    referral_id: UUID,
    form: ClosingForm | None = None,
    *,
    opens: bool = False,
) -> HttpResponse:
    form = form or ClosingForm()
    row = queries.referral(referral_id, seen_by=request.actor)
    opened = None
    if opens:
        with attempt(request):
            opened = listening.open_words(referral_id=referral_id, by=request.actor)
    may_work = request.actor.may(access.WORK)
    is_taken = row.state is ReferralState.TAKEN
    context = {
        "row": row,
        "facts": _facts(row),
        "opened": opened,
        "form": form,
        "may_take": may_work and row.state is ReferralState.WAITING,
        "may_open": may_work and row.is_mine,
        "may_close": may_work and row.is_mine and is_taken,
        "may_give_back": is_taken
        and request.actor.may(access.WORK if row.is_mine else access.GIVE_BACK_OTHERS),
    }
    is_part = request.htmx and opened
    page_or_part = "helpline/cases/referral.html#opened" if is_part else REFERRAL
    status = HTTPStatus.CONFLICT if opens and opened is None else status_of(form)
    return render(request, page_or_part, context, status=status)


def _facts(row: queries.ReferralRow) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(_("Age"), row.age_band.label if row.age_band else "")]
    if row.outcome:
        facts.append((_("Outcome"), row.outcome.label))
    return facts


def _which(code: str) -> Which:
    return Which(code) if code in Which else Which.WAITING


def _tabs(request: Request, current: Which) -> list[tuple[str, str, bool]]:
    url = reverse("staff:helpline:referrals")
    labels = {
        Which.WAITING: pgettext("referral", "Waiting"),
        Which.MINE: _("Yours"),
        Which.CLOSED: _("Closed by you"),
    }
    if request.actor.may(access.GIVE_BACK_OTHERS):
        labels[Which.OTHERS] = _("Taken by others")
    return [
        (label, url if which is Which.WAITING else f"{url}?which={which}", which is current)
        for which, label in labels.items()
    ]
