"""Surveys for the team: written, checked, published, opened, closed; free texts are read."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.awareness.questions.web.fields import QuestionForm
from balise.awareness.surveys import access
from balise.awareness.surveys.access import link_token
from balise.awareness.surveys.actions import making
from balise.awareness.surveys.queries import desk
from balise.awareness.surveys.rules.promises import LONGEST, Audience
from balise.awareness.surveys.web.forms import (
    ChangeForm,
    InviteForm,
    NewForm,
    RedactForm,
    WordingForm,
)
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.form
def surveys(request: Request) -> HttpResponse:
    """Show every survey, and prepare a new one."""
    listed = desk.listed(seen_by=request.actor)
    form = NewForm(posted(request))
    if form.is_valid():
        given = form.cleaned_data
        with attempt(request, form, said=_("The survey is in preparation.")):
            survey_id = making.make(
                **{name: given[name] for name in ("slug", "audience", "opens_on", "closes_on")},
                words=form.words,
                languages=form.languages or [settings.LANGUAGE_CODE],
                by=request.actor,
            )
            return redirect("staff:surveys:survey", survey_id)
    shown = {"form": form, "surveys": listed, "may_write": request.actor.may(access.WRITE)}
    return render(request, "surveys/staff/surveys.html", shown, status=status_of(form))


@staff.form
def survey(request: Request, survey_id: UUID) -> HttpResponse:
    """Show a survey: its state, versions, links, quotas; change what it says of itself."""
    told = desk.told(survey_id, seen_by=request.actor)
    form = ChangeForm(posted(request), survey=told.survey)
    if form.is_valid():
        given = form.cleaned_data
        with attempt(request, form, at={"promise-made": "minimum"}, said=_("Saved.")):
            making.change(
                survey_id=survey_id,
                words=form.words,
                **{name: given[name] for name in ("opens_on", "closes_on", "minimum", "invited")},
                by=request.actor,
            )
            return redirect("staff:surveys:survey", survey_id)
    return _survey(request, told, form, InviteForm())


@staff.post
def invite(request: Request, survey_id: UUID) -> HttpResponse:
    """Give a school or structure its link."""
    told = desk.told(survey_id, seen_by=request.actor)
    form = InviteForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("The link is below: give parents their notice first.")):
            making.invite(survey_id=survey_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:surveys:survey", survey_id)
    return _survey(request, told, ChangeForm(survey=told.survey), form)


@staff.post
def end_link(request: Request, invitation_id: UUID) -> HttpResponse:
    """End a link before its day."""
    survey_id = desk.survey_of_link(invitation_id, seen_by=request.actor)
    with attempt(request, said=_("This link no longer works.")):
        making.end(invitation_id=invitation_id, by=request.actor)
    return redirect("staff:surveys:survey", survey_id)


@partial(takes_plain_files, most=LONGEST)
@staff.form
def wording(request: Request, survey_id: UUID) -> HttpResponse:
    """Write the version in preparation, typed or from a file; what is wrong is said."""
    told = desk.told(survey_id, seen_by=request.actor)
    base = told.prepared or (told.versions[0] if told.versions else None)
    began = {"text": _written(base.source) if base else _EXAMPLE}
    form = WordingForm(posted(request), request.FILES or None, initial=began)
    if form.is_valid():
        with attempt(request, form, said=_("Saved. Findings are listed below.")):
            making.write(survey_id=survey_id, text=form.cleaned_data["text"], by=request.actor)
            return redirect("staff:surveys:preview", survey_id)
    shown = {"told": told, "form": form}
    return render(request, "surveys/staff/wording.html", shown, status=status_of(form))


@staff.get
def preview(request: Request, survey_id: UUID) -> HttpResponse:
    """Show the last version as people will see it, with what was found."""
    told = desk.told(survey_id, seen_by=request.actor)
    version = desk.latest(survey_id, seen_by=request.actor)
    findings = desk.found_in(told.survey, version)
    shown = {
        "told": told,
        "version": version,
        "findings": findings,
        "is_ready": told.prepared is not None and not any(each.stops for each in findings),
        "may_open": request.actor.may(access.OPEN),
        "asked": [
            (each, QuestionForm(each, prefix=each.code, label=_("Answer")))
            for each in version.questionnaire.questions
        ],
    }
    return render(request, "surveys/staff/preview.html", shown)


@staff.post
def publish(request: Request, survey_id: UUID) -> HttpResponse:
    """Publish the version in preparation."""
    with attempt(request, said=_("This version is published: it stays as it is.")):
        making.publish(survey_id=survey_id, by=request.actor)
    return redirect("staff:surveys:survey", survey_id)


@staff.post
def open_survey(request: Request, survey_id: UUID) -> HttpResponse:
    """Let people answer."""
    with attempt(request, said=_("The survey is open, from its first day to its last.")):
        making.open_(survey_id=survey_id, by=request.actor)
    return redirect("staff:surveys:survey", survey_id)


@staff.post
def close(request: Request, survey_id: UUID) -> HttpResponse:
    """Take no answers any more."""
    with attempt(request, said=_("The survey is closed. The last answers are being stored.")):
        making.close(survey_id=survey_id, by=request.actor)
    return redirect("staff:surveys:survey", survey_id)


@staff.get
def texts(request: Request, survey_id: UUID) -> HttpResponse:
    """Show free texts that nobody read yet, and those that may be shown."""
    access.require(request.actor, access.TEXTS)
    return _texts(request, survey_id)


@staff.post
def show_text(request: Request, text_id: UUID) -> HttpResponse:
    """Let a free text be shown, as it was redacted."""
    survey_id = desk.survey_of_text(text_id, seen_by=request.actor)
    form = RedactForm(request.POST, auto_id=f"{text_id}-%s")
    if not form.is_valid():
        return _texts(request, survey_id, {text_id: form})
    with attempt(request, said=_("The text may be shown.")):
        making.show(text_id=text_id, by=request.actor, **form.cleaned_data)
    return redirect("staff:surveys:texts", survey_id)


@staff.post
def withhold_text(request: Request, text_id: UUID) -> HttpResponse:
    """Keep a free text from being shown."""
    survey_id = desk.survey_of_text(text_id, seen_by=request.actor)
    with attempt(request, said=_("The text is not shown.")):
        making.withhold(text_id=text_id, by=request.actor)
    return redirect("staff:surveys:texts", survey_id)


def _texts(
    request: Request, survey_id: UUID, typed: Mapping[UUID, RedactForm] | None = None
) -> HttpResponse:
    """Draw the page of free texts; a form that was refused has what was typed."""
    forms = typed or {}
    told = desk.told(survey_id, seen_by=request.actor)
    shown = {
        "told": told,
        "texts": [
            (
                each,
                forms.get(each.id)
                or RedactForm(initial={"redacted": each.says}, auto_id=f"{each.id}-%s"),
            )
            for each in making.open_texts(survey_id=survey_id, by=request.actor)
        ],
        "read": desk.shown_texts(survey_id, seen_by=request.actor),
    }
    status = status_of(*forms.values())
    return render(request, "surveys/staff/texts.html", shown, status=status)


def _survey(
    request: Request, told: desk.SurveyTold, form: ChangeForm, invite_form: InviteForm
) -> HttpResponse:
    may = request.actor.may
    shown = {
        "told": told,
        "survey": told.survey,
        "title": told.title,
        "form": form,
        "invite_form": invite_form,
        "is_for_minors": told.survey.whom is Audience.MINORS,
        "links": [
            {
                "link": each,
                "parents": _outside("parents", link_token(each.row.id)),
                "pupils": _outside("link", link_token(each.row.id)),
            }
            for each in told.links
        ],
        "may_write": may(access.WRITE),
        "may_open": may(access.OPEN),
        "may_invite": may(access.INVITE),
        "may_read_texts": may(access.TEXTS),
    }
    return render(request, "surveys/staff/survey.html", shown, status=status_of(form, invite_form))


def _outside(name: str, token: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(f'surveys:{name}', args=[token])}"


def _written(source: object) -> str:
    return orjson.dumps(source, option=orjson.OPT_INDENT_2).decode()


_EXAMPLE = """\
[[sections]]
code = "talk"
title = { fr = "En parler", en = "Talking" }

[[sections.questions]]
code = "often"
kind = "one"
asks = { fr = "En parlez-vous ?", en = "Do you talk about it?" }
choices = [
    { code = "a", says = { fr = "Oui", en = "Yes" } },
    { code = "b", says = { fr = "Non", en = "No" } },
]
"""
