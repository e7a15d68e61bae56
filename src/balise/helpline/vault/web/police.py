"""The staff door: note a young person's yes, read the paper, hand over what it is about."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases.rules.files import reference
from balise.helpline.vault import access, ports, queries
from balise.helpline.vault.actions import handing
from balise.helpline.vault.web.forms import SaidForm, YesForm
from balise.helpline.vault.web.parts import language

AGREE = "helpline/vault/agree.html"
YES = "helpline/vault/yes.html"
HEADERS = {"X-Content-Type-Options": "nosniff"}
_AT = {
    "vault-no-yes": "said_at",
    "vault-item-elsewhere": "shares",
    "vault-already-handed": "shares",
}
_SAID_AT = {
    "facts-refused": "rationale",
    "offence-unknown": "offence",
    "offence-not-in-force": "offence",
    "offence-annulled": "offence",
}


@staff.form
def agree(request: Request, case_id: UUID) -> HttpResponse:
    """Choose items of a case, and note the yes to them; go on to what was noted."""
    access.require(request.actor, access.HAND_OVER)
    queries.require_sees(case_id, who=request.actor)
    shelf = there(queries.of_case(case_id, language=language(), seen_by=request.actor))
    named = [(one.code, str(one.name)) for one in ports.receivers.ask()]
    form = YesForm(posted(request), cards=shelf.cards, receivers=named)
    if form.is_valid():
        with attempt(request, form, said=_("Their agreement is noted."), at=_AT):
            found = handing.note_yes(case_id=case_id, yes=form.yes(), by=request.actor)
            return redirect("staff:vault:yes", found)
    context = {"shelf": shelf, "reference": reference(case_id.hex), "form": form}
    return render(request, AGREE, context, status=status_of(form))


@staff.form
def hand_over(request: Request, handing_id: UUID) -> HttpResponse:
    """Show a yes and what became of it; while it stands, hand over what it is about."""
    row = queries.handing(handing_id, seen_by=request.actor)
    form = SaidForm(posted(request))
    if form.is_valid():
        said = _("Handed over. An analyst checks the dossier before it goes to the police.")
        with attempt(request, form, said=said, at=_SAID_AT):
            handing.hand_over(handing_id=handing_id, said=form.said(), by=request.actor)
            return redirect("staff:vault:yes", handing_id)
    context = {
        "yes": row,
        "reference": reference(row.case.hex),
        "form": form,
        "hands_over": queries.hands_over(),
    }
    return render(request, YES, context, status=status_of(form))


@staff.post
def paper(request: Request, handing_id: UUID) -> HttpResponse:
    """Open the paper that the authority would read; the items count as opened."""
    with attempt(request):
        octets = handing.read_paper(handing_id=handing_id, by=request.actor)
        name = f'inline; filename="evidence-{reference(handing_id.hex)}.pdf"'
        headers = {**HEADERS, "Content-Disposition": name}
        return HttpResponse(octets, content_type="application/pdf", headers=headers)
    return redirect("staff:vault:yes", handing_id)


@staff.post
def take_back(request: Request, handing_id: UUID) -> HttpResponse:
    """Note that they took their yes back."""
    with attempt(request, said=_("Noted: nothing is handed over.")):
        handing.take_back(handing_id=handing_id, by=request.actor)
    return redirect("staff:vault:yes", handing_id)
