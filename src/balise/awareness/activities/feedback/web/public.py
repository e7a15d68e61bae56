"""Three questions after a session with a kit: by the code on the kit's page, without an account."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from balise.awareness.activities.feedback import access, actions
from balise.awareness.activities.feedback.rules import USEFUL, asked
from balise.awareness.publications.queries import kits
from balise.awareness.publications.rules.kits import KIND, qr
from balise.awareness.questions.web.fields import QuestionForm
from balise.foundation.actors import Actor
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pages import Part
from balise.foundation.web.pauses import paced


@public.form
@paced
def ask(request: Request, slug: str) -> HttpResponse:
    """Ask whoever led a session; what is sent counts once."""
    page = kits.kit(language=get_language() or "", slug=slug)
    data = posted(request)
    questions = asked(settings.COUNTRY)
    forms = {each.code: QuestionForm(each, data, prefix=each.code) for each in questions}
    faulty = [form for form in forms.values() if not form.is_valid()]
    if not faulty:
        given = {question: form.given for question, form in forms.items()}
        with attempt(request, forms[USEFUL]):
            token = request.POST.get("form", "")
            actions.say(kit=page.key, form=token, given=given, by=request.actor)
            return redirect("feedback:thanks", slug)
    context = {
        "page": page,
        "forms": list(forms.values()),
        "token": request.POST.get("form") or access.form_token(uuid4()),
    }
    return render(request, "feedback/ask.html", context, status=status_of(*forms.values()))


@public.get
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it is counted."""
    page = kits.kit(language=get_language() or "", slug=slug)
    return render(request, "feedback/thanks.html", {"page": page})


@public
@require_safe
def code(_request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the code that leads to the questions."""
    kits.kit(language=get_language() or "", slug=slug)
    address = f"{settings.PUBLIC_ADDRESS}{reverse('feedback:ask', args=[slug])}"
    return HttpResponse(qr(address), content_type="image/svg+xml")


def of_a_kit(page: Any, seen_by: Actor) -> Part | None:  # noqa: ARG001 - the same for everyone
    """Return what a kit's page asks of its readers; None on another page."""
    return Part("feedback/parts.html#kit", page.slug) if page.kind == KIND else None
