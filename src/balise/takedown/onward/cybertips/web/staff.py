"""A CyberTip, for those who may have it written: what it says, what is wrong with it, the file."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.actors import Actor
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.pages import Part
from balise.takedown.onward.cybertips import access, actions
from balise.takedown.onward.cybertips.rules.sending import is_for_good, may_send
from balise.takedown.onward.dossiers.queries import OpenedDossier


def part(opened: OpenedDossier, seen_by: Actor) -> Part | None:
    """Return the way to the CyberTip on the page of a numbered dossier that NCMEC may have."""
    is_for_ncmec = opened.dossier.number and opened.offence.exploitation
    if not is_for_ncmec or not seen_by.may(access.EXPORT):
        return None
    return Part("takedown/cybertips/link.html", opened)


@staff.get
def tip(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show the document that a dossier gives, and what the check says of it."""
    with attempt(request):
        found = actions.write(dossier_id=dossier_id, by=request.actor)
        context = {
            "tip": found,
            "text": found.octets.decode(),
            "dossier_id": dossier_id,
            "is_sent_for_good": is_for_good(settings.CYBERTIP_ADDRESS)
            and may_send(settings.CYBERTIP_ADDRESS, production=settings.CYBERTIP_PRODUCTION),
        }
        return render(request, "takedown/cybertips/tip.html", context)
    return redirect("staff:dossiers:dossier", dossier_id)


@staff.post
def document(request: Request, dossier_id: UUID) -> HttpResponse:
    """Hand out the document as a file."""
    with attempt(request):
        found = actions.write(dossier_id=dossier_id, by=request.actor)
        return HttpResponse(
            found.octets,
            content_type="application/xml",
            headers={"Content-Disposition": f'attachment; filename="{found.name}"'},
        )
    return redirect("staff:dossiers:dossier", dossier_id)
