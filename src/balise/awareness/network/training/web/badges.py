"""Badges, for anyone: one's own, the page that verifies one, what others check them with."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from balise.awareness.network.training.access import links
from balise.awareness.network.training.queries import badges
from balise.awareness.network.training.rules.verdicts import LONGEST, Verdict, Verified
from balise.awareness.network.training.web.forms import VerifyForm
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.web.attempts import posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

_TONES = {Verdict.VALID: "good", Verdict.EXPIRED: "warn", Verdict.REVOKED: "danger"}
_CREDENTIAL = "application/vc+json"


@public.get
def one(request: Request, badge: UUID) -> HttpResponse:
    """Show a badge, whether it stands, and give its files."""
    found = badges.badge(badge)
    context = {"badge": found, "here": request.build_absolute_uri()}
    return render(request, "training/badge.html", context)


@partial(takes_plain_files, most=LONGEST)
@public.form
@paced
def verify(request: Request) -> HttpResponse:
    """Read a badge that someone shows, and go where it is said what it is."""
    form = VerifyForm(posted(request), request.FILES or None)
    if form.is_valid():
        return redirect("training:verified", links.shown(badges.verify(form.sent).told()))
    return render(request, "training/verify.html", {"form": form}, status=status_of(form))


@public.get
def verified(request: Request, token: str) -> HttpResponse:
    """Say what a badge is: valid, expired, revoked, unreadable or not ours, and why."""
    found = Verified.of(links.read_shown(token))
    tone = _TONES.get(found.verdict, "note")
    context = {"form": VerifyForm(), "found": found, "tone": tone}
    return render(request, "training/verify.html", context)


@public.get
def picture(request: Request, badge: UUID) -> HttpResponse:  # noqa: ARG001
    """Give the badge as a picture (SVG) with the credential in it."""
    return _file(badges.picture(badge), "image/svg+xml", "badge.svg")


@public.get
def credential(request: Request, badge: UUID) -> HttpResponse:  # noqa: ARG001
    """Give the credential of a badge as JSON."""
    return _file(badges.document(badge).encode(), _CREDENTIAL, "badge.json")


@public.get
def standing(request: Request) -> HttpResponse:  # noqa: ARG001
    """Give the signed list of revoked badges (Bitstring Status List)."""
    return HttpResponse(badges.standing(), content_type=_CREDENTIAL)


@public.get
def keys(request: Request) -> HttpResponse:  # noqa: ARG001
    """Give our DID document: the keys with which badges are checked."""
    return JsonResponse(badges.keys(), content_type="application/did+json")


def _file(octets: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
