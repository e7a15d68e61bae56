"""The staff door: banks and their entries, the quarantine, look-ups by hand, and why."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions import keeping, reviewing
from balise.hotline.matching.banks.actions.looking import look_up as ask_banks
from balise.hotline.matching.banks.queries import banks as known, why
from balise.hotline.matching.banks.queries.exchanging import bank_names
from balise.hotline.matching.banks.web.forms import (
    BankForm,
    ChangedTermsForm,
    LookUpForm,
    OpinionForm,
    ReferenceForm,
)


@staff.get
def banks(request: Request) -> HttpResponse:
    """List the banks."""
    context = {
        "banks": known.banks(seen_by=request.actor),
        "stopped": known.count_stopped(seen_by=request.actor),
        "may_manage": request.actor.may(access.MANAGE),
    }
    return render(request, "hotline/banks/banks.html", context)


@staff.form
def add(request: Request) -> HttpResponse:
    """Make a bank."""
    access.require(request.actor, access.MANAGE)
    form = BankForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The bank is saved.")):
            bank_id = keeping.add_bank(**form.cleaned_data, by=request.actor)
            return redirect("staff:banks:bank", bank_id)
    return render(request, "hotline/banks/add.html", {"form": form}, status=status_of(form))


@staff.form
def bank(request: Request, bank_id: UUID) -> HttpResponse:
    """Show a bank, change its terms, and find entries by their reference."""
    # Read first: what changes meanwhile is refused.
    seen = known.terms_of(bank_id, seen_by=request.actor)
    card = known.bank(bank_id, seen_by=request.actor)
    stands = {
        "seen": seen,
        "distance": card.distance,
        "is_negative": card.is_negative,
        "is_on": card.is_on,
    }
    form = ChangedTermsForm(posted(request), initial=stands)
    if form.is_valid():
        said = _("Saved. It counts from the next look-up.")
        with attempt(request, form, said=said, conflict=True):
            keeping.change_bank(bank_id=bank_id, **form.cleaned_data, by=request.actor)
            return redirect("staff:banks:bank", bank_id)
        form = form.seeing(seen)
    search = ReferenceForm(request.GET)
    reference = search.cleaned_data["reference"] if search.is_valid() else ""
    context = {
        "bank": card,
        "opinions": known.opinions(bank_id, seen_by=request.actor),
        "form": form,
        "search": search,
        "reference": reference,
        "entries": known.with_reference(bank_id, reference, seen_by=request.actor),
        "may_manage": request.actor.may(access.MANAGE),
    }
    return render(request, "hotline/banks/bank.html", context, status=status_of(form))


@staff.get
def quarantine(request: Request) -> HttpResponse:
    """List the entries that someone has to review."""
    context = {"entries": known.stopped(seen_by=request.actor)}
    return render(request, "hotline/banks/quarantine.html", context)


@staff.get
def entry(request: Request, entry_id: int) -> HttpResponse:
    """Show one entry, and what may be done with it."""
    card = known.entry(entry_id, seen_by=request.actor)
    context = {
        "entry": card,
        "form": OpinionForm(initial={"opinion": card.opinion}),
        "may_keep": request.actor.may(access.KEEP),
        "may_manage": request.actor.may(access.MANAGE),
    }
    return render(request, "hotline/banks/entry.html", context)


@staff.post
def hold(request: Request, entry_id: int) -> HttpResponse:
    """Stop an entry; what is wrong with it is asked after."""
    known.entry(entry_id, seen_by=request.actor)
    keeping.hold(entries=[entry_id], by=request.actor)
    return redirect("staff:banks:entry", entry_id)


@staff.post
def release(request: Request, entry_id: int) -> HttpResponse:
    """Let an entry decide again."""
    keeping.release(entries=[entry_id], by=request.actor)
    known.entry(entry_id, seen_by=request.actor)
    return redirect("staff:banks:entry", entry_id)


@staff.post
def withdraw(request: Request, entry_id: int) -> HttpResponse:
    """Take an entry out for good."""
    known.entry(entry_id, seen_by=request.actor)
    keeping.withdraw(entries=[entry_id], by=request.actor)
    return redirect("staff:banks:entry", entry_id)


@staff.post
def opine(request: Request, entry_id: int) -> HttpResponse:
    """Say what the bank thinks of an entry."""
    known.entry(entry_id, seen_by=request.actor)
    form = OpinionForm(request.POST)
    if form.is_valid():
        keeping.set_opinion(entries=[entry_id], **form.cleaned_data, by=request.actor)
    return redirect("staff:banks:entry", entry_id)


@staff.form
def look_up(request: Request) -> HttpResponse:
    """Look one fingerprint up by hand."""
    access.require(request.actor, access.LOOK_UP)
    form = LookUpForm(posted(request))
    if form.is_valid():
        answer = ask_banks(signals=[form.cleaned_data["signal"]], by=request.actor)
        return redirect("staff:banks:why", answer.id)
    return render(request, "hotline/banks/look_up.html", {"form": form}, status=status_of(form))


@staff.form
def reasons(request: Request, look_up_id: UUID) -> HttpResponse:
    """Show why a look-up matched or not; ask it again as of its day."""
    context: dict[str, object] = {
        "asked": why.answered(look_up_id, seen_by=request.actor),
        "names": bank_names(),
    }
    if request.method == "POST":
        context["again"] = reviewing.ask_again(look_up_id=look_up_id, by=request.actor)
    return render(request, "hotline/banks/why.html", context)
