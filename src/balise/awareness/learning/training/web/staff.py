"""Training, for staff: badges without names, and the figures of the module."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy as _

from balise.awareness.learning.events.access.links import read_token, token_of
from balise.awareness.learning.training import actions, queries
from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.rules.audiences import Audiences, audiences
from balise.awareness.learning.training.rules.verdicts import LONGEST, Verdict, Verified
from balise.awareness.learning.training.rules.words import Why
from balise.foundation.actors import Actor
from balise.foundation.files.uploads import refuse_what_did_not_come, takes_plain_files
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public, staff
from balise.foundation.web.fields import CodeField, LongTextField
from balise.foundation.web.pages import Part
from balise.foundation.web.pauses import paced

# The forms of training: a name for the paper, a badge that is shown.


class NameForm(forms.Form):
    """The name on the certificate."""

    name = forms.CharField(
        label=_("Name on the certificate"),
        help_text=_("It is printed on the paper. Nothing is kept."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class BadgeForm(forms.Form):
    """Whom the badge is for: a profession, and an area where one is asked."""

    audience = forms.ChoiceField(label=_("You are"), widget=forms.RadioSelect)
    area = forms.ChoiceField(required=False)
    is_adult = forms.BooleanField(
        label=_("I am 18 or over"),
        error_messages={"required": _("Badges are for adults. A class gets a diploma to print.")},
    )

    def __init__(self, known: Audiences, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        of, area = self.fields["audience"], self.fields["area"]
        cast("forms.ChoiceField", of).choices = [
            (each.code, str(each.label)) for each in known.every
        ]
        if not known.areas:
            del self.fields["area"]
            return
        cast("forms.ChoiceField", area).choices = [("", "–"), *known.areas.items()]
        area.label = str(known.areas_are)
        asking = (str(each.label) for each in known.every if each.asks_area)
        area.help_text = _("For: %(audiences)s") % {"audiences": " · ".join(asking)}


class SessionBadgeForm(BadgeForm):
    """The same for who came to a session: they said that they are an adult as they registered."""

    is_adult = None  # type: ignore[assignment]  # how Django takes a field away


class VerifyForm(forms.Form):
    """A badge that someone shows: a file, or its text."""

    file = forms.FileField(
        label=_("The badge, as a file"),
        help_text=_("SVG or JSON. It is read and not kept."),
        required=False,
    )
    text = LongTextField(label=_("Or its text"), rows=4, required=False)

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be a badge."""
        file = self.cleaned_data["file"]
        refuse_what_did_not_come(file)
        return file

    @property
    def sent(self) -> bytes:
        """Return what was sent: the file, or else the text."""
        file = self.cleaned_data["file"]
        if file is None:
            return str(self.cleaned_data["text"]).encode("utf-8", "replace")
        return bytes(file.read(LONGEST + 1))


class RevokeForm(forms.Form):
    """Why a badge is revoked."""

    why = CodeField(Why, label=_("Why"), widget=forms.RadioSelect)


# The badge of a training session, by the link of the mail to someone who came to it.


@public.form
@paced
def session(request: Request, token: str) -> HttpResponse:
    """Ask for the badge of a session that one came to; go where it is, once it is asked for."""
    registration = read_token(token)
    earned = there(queries.of_session(registration))
    if queries.asked(earned):
        return redirect("training:badge", earned)
    form = SessionBadgeForm(audiences(settings.COUNTRY), posted(request))
    if form.is_valid():
        with attempt(request, form):
            asked = actions.ask_for_session(
                registration_id=registration, **form.cleaned_data, by=request.actor
            )
            return redirect("training:badge", asked)
    return render(request, "training/session.html", {"form": form}, status=status_of(form))


def offered(registration: UUID, _seen_by: Actor) -> Part | None:
    """Return what the page of someone who registered shows of a badge that they earned."""
    if queries.of_session(registration) is None:
        return None
    place = reverse("training:session", args=(token_of(registration),))
    return Part("training/parts.html#offered", place)


@staff.get
def board(request: Request) -> HttpResponse:
    """Show what the module did, whom badges were given to, and the last badges."""
    context = {
        "badges": list(queries.every(by=request.actor)),
        "figures": queries.figures(by=request.actor),
        "sessions": [
            {"session": each, "title": each.card.said(get_language() or "").title}
            for each in queries.sessions(by=request.actor)
        ],
    }
    return render(request, "training/staff/board.html", context)


@staff.form
def revoke(request: Request, badge: UUID) -> HttpResponse:
    """Show a badge, and revoke it for a reason."""
    found = queries.one(badge, by=request.actor)
    form = RevokeForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("Badge revoked."), conflict=True):
            actions.revoke(badge_id=badge, **form.cleaned_data, by=request.actor)
            return redirect("staff:training:board")
    context = {"badge": found, "form": form}
    return render(request, "training/staff/badge.html", context, status=status_of(form))


# Badges, for anyone: one's own, the page that verifies one, what others check them with.


_TONES = {Verdict.VALID: "good", Verdict.EXPIRED: "warn", Verdict.REVOKED: "danger"}
_CREDENTIAL = "application/vc+json"


@public.get
def one(request: Request, badge: UUID) -> HttpResponse:
    """Show a badge, whether it stands, and give its files."""
    found = queries.badge(badge)
    context = {"badge": found, "here": request.build_absolute_uri()}
    return render(request, "training/badge.html", context)


@partial(takes_plain_files, most=LONGEST)
@public.form
@paced
def verify(request: Request) -> HttpResponse:
    """Read a badge that someone shows, and go where it is said what it is."""
    form = VerifyForm(posted(request), request.FILES or None)
    if form.is_valid():
        return redirect("training:verified", links.shown(queries.verify(form.sent).told()))
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
    return _file(queries.picture(badge), "image/svg+xml", "badge.svg")


@public.get
def credential(request: Request, badge: UUID) -> HttpResponse:  # noqa: ARG001
    """Give the credential of a badge as JSON."""
    return _file(queries.document(badge).encode(), _CREDENTIAL, "badge.json")


@public.get
def standing(request: Request) -> HttpResponse:  # noqa: ARG001
    """Give the signed list of revoked badges (Bitstring Status List)."""
    return HttpResponse(queries.standing(), content_type=_CREDENTIAL)


@public.get
def keys(request: Request) -> HttpResponse:  # noqa: ARG001
    """Give our DID document: the keys with which badges are checked."""
    return JsonResponse(queries.keys(), content_type="application/did+json")


def _file(octets: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
