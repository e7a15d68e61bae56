"""The two pages that a mail of ours leads to. Looking does nothing: mail scanners follow links."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.takedown.notices import queries
from balise.takedown.notices.actions import answering, contesting
from balise.takedown.notices.rules.inbound import Via
from balise.takedown.notices.web.forms.public import AnswerForm, ContestForm

_LANGUAGES = ("fr", "en")
_PROFESSIONAL = "takedown/notices/public/professional.html"


@public.form
@paced
def answer(request: Request, token: str) -> HttpResponse:
    """Let a recipient answer the notices of one mail: by a press of the button only."""
    page = queries.answer_page(token)
    if page is None:
        return _nothing(request, HTTPStatus.NOT_FOUND, page=_PROFESSIONAL)
    if page.has_ended:
        return _nothing(request, HTTPStatus.GONE, page=_PROFESSIONAL)
    form = AnswerForm(posted(request), asked=page.answerable)
    if form.is_valid():
        with attempt(request, form):
            answering.answer_on_page(
                mailing_id=page.mailing_id,
                notice_ids=form.cleaned_data["notices"],
                said=form.cleaned_data["said"],
                text=form.cleaned_data["text"],
                by=request.actor,
            )
            return redirect(f"{request.path}?kept=1")
    context = {"page": page, "form": form, "is_kept": "kept" in request.GET}
    return render(request, "takedown/notices/public/answer.html", context, status=status_of(form))


@public.form
@paced
def contest(request: Request, token: str) -> HttpResponse:
    """Let the author of a content, its host or someone concerned object to a notice."""
    page = queries.contest_page(token)
    if page is None:
        return _nothing(request, HTTPStatus.NOT_FOUND)
    if page.has_ended:
        return _nothing(request, HTTPStatus.GONE)
    form = ContestForm(posted(request))
    if form.is_valid():
        language = get_language() or ""
        with attempt(request, form):
            contesting.contest(
                notice_id=page.notice_id,
                via=Via.PAGE,
                language=language if language in _LANGUAGES else _LANGUAGES[0],
                by=request.actor,
                **form.cleaned_data,
            )
            return redirect(f"{request.path}?kept=1")
    context = {"page": page, "form": form, "is_kept": "kept" in request.GET}
    return render(request, "takedown/notices/public/contest.html", context, status=status_of(form))


def _nothing(
    request: Request, status: HTTPStatus, *, page: str = "web/public.html"
) -> HttpResponse:
    context = {"has_ended": status is HTTPStatus.GONE, "page": page}
    return render(request, "takedown/notices/public/nothing.html", context, status=status)
