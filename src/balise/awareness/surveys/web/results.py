"""Results, as everyone reads them and as staff do: no page tells more than what was published."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _, pgettext

from balise.awareness.questions.rules.questions import Question
from balise.awareness.surveys import access
from balise.awareness.surveys.actions import publishing
from balise.awareness.surveys.queries import desk, results
from balise.awareness.surveys.queries.results import Published
from balise.awareness.surveys.rules.promises import in_words
from balise.awareness.surveys.web import showing
from balise.foundation.finding import NotHere, there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public, staff

# The form that publishes an edition of results.


class PublishForm(forms.Form):
    """Whether answers weigh by the known shares that the questionnaire names."""

    weighted = forms.BooleanField(
        label=_("Weigh answers to the known shares of the population"),
        help_text=_("The questionnaire names them. Where it names none, nothing is weighted."),
        required=False,
    )


@public.get
def results_page(request: Request, slug: str, number: int = 0) -> HttpResponse:
    """Show an edition of results, the last where none is named."""
    found = results.published(slug, number)
    return render(request, "surveys/results.html", _shown(request, found))


@public.get
def results_file(_request: Request, slug: str, number: int) -> HttpResponse:
    """Return each figure of an edition on a line."""
    return _file(showing.results(results.published(slug, number)), f"{slug}-{number}.csv")


@public.get
def codebook(_request: Request, slug: str, number: int) -> HttpResponse:
    """Return what the codes of an edition's file mean."""
    found = results.published(slug, number)
    return _file(showing.codebook(found), f"{slug}-{number}-codebook.csv")


@staff.get
def board(request: Request) -> HttpResponse:
    """Show which surveys have results, and which can have them."""
    found = [
        {
            "survey": each,
            "title": in_words(each.words, "title"),
            "editions": results.editions(each.id),
        }
        for each in results.to_publish(by=request.actor)
    ]
    return render(request, "surveys/staff/results_board.html", {"surveys": found})


@staff.form
def staff_results(request: Request, slug: str, number: int = 0) -> HttpResponse:
    """Show an edition to staff, and publish the next one."""
    if request.method == "POST":
        access.require(request.actor, access.PUBLISH_RESULTS)
    survey = results.survey(slug, by=request.actor)
    weighs = True
    try:
        found = results.for_staff(slug, number, by=request.actor)
    except NotHere:
        if number:
            raise
        shown: Mapping[str, Any] = {"survey": survey, "title": in_words(survey.words, "title")}
    else:
        shown = _shown(request, found)
        weighs = found.results.weighting is not None  # as in the editions before
    form = PublishForm(posted(request), initial={"weighted": weighs})
    if form.is_valid():
        with attempt(request, form, said=gettext("Results published."), conflict=True):
            publishing.publish(survey_id=survey.id, **form.cleaned_data, by=request.actor)
            return redirect("staff:surveys:results", slug)
    may_publish = request.actor.may(access.PUBLISH_RESULTS)
    context = {
        **shown,
        "form": form,
        "may_publish": may_publish,
        "to_read": desk.to_read(survey.id) if may_publish else 0,
    }
    return render(request, "surveys/staff/results.html", context, status=status_of(form))


def _shown(request: Request, found: Published) -> Mapping[str, Any]:
    by = _by(found, request.GET.get("by", ""))
    words = found.survey.words
    return {
        "survey": found.survey,
        "found": found,
        "title": in_words(words, "title"),
        "about": in_words(words, "about"),
        "population": in_words(words, "population"),
        "method": in_words(words, "method"),
        "limits": in_words(words, "limits"),
        "questions": list(showing.shown(found, by=by)),
        "texts": () if by else list(showing.texts(found)),
        "by": by,
        "crossings": _crossings(found, request.path, by.code if by else ""),
        "weights": showing.weights_words(found),
        "editions": results.editions(found.survey.id),
        "rate": _rate(found),
        "width": showing.WIDTH,
        "fewest": found.survey.minimum,
    }


def _by(found: Published, code: str) -> Question | None:
    """Return the question that results are crossed by. Raises NotHere for another one."""
    if not code:
        return None
    return there(next((each for each in found.population.crossed_by if each.code == code), None))


def _crossings(found: Published, path: str, chosen: str) -> list[tuple[str, str, bool]]:
    groups = [
        (str(each.asks), f"{path}?by={each.code}", each.code == chosen)
        for each in found.population.crossed_by
    ]
    return [(pgettext("survey", "Everyone"), path, not chosen), *groups] if groups else []


def _rate(found: Published) -> str:
    """Return the share of those invited who answered, where they were counted."""
    invited = found.survey.invited
    return showing.percent(round(100 * found.results.answers / invited)) if invited else ""


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
