"""Surveys, for anyone: what is asked and why, and answering without a script or an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, pgettext

from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.questions.web.fields import QuestionForm
from balise.awareness.surveys.access import read_link
from balise.awareness.surveys.actions import answering
from balise.awareness.surveys.queries import public as surveys, public as surveys_public, results
from balise.awareness.surveys.queries.answers import Version
from balise.awareness.surveys.queries.public import Begun, Shown, Standing
from balise.awareness.surveys.rules.promises import NOTICE, Audience, WordsUnknown
from balise.awareness.surveys.rules.steps import Step, after, left, steps
from balise.foundation.encryption.phrases import WORDS
from balise.foundation.finding import NotHere
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced, typed_in
from balise.foundation.web.phrases import WordsForm

# A page of a survey: its questions with what was answered, and answers in words.


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is among those that the answers lead to; `before` is the address of the last."""

    nth: int
    many: int
    before: str


def forms_of(
    step: Step, posted: QueryDict | None, answers: Mapping[str, str]
) -> list[QuestionForm]:
    """Return the form of each question of a page, as it was answered."""
    is_alone = len(step.questions) == 1
    return [
        QuestionForm(
            each,
            posted,
            prefix=each.code,
            initial=initial(each, answers.get(each.code, "")),
            label=_("Answer") if is_alone else "",
        )
        for each in step.questions
    ]


def initial(question: Question, answer: str) -> dict[str, Any]:
    """Return what the fields of a question show of an answer."""
    match question.kind:
        case QuestionKind.ORDER:
            return {letter: nth for nth, letter in enumerate(answer, 1)}
        case QuestionKind.MATCH:
            return dict(zip(question.letters, answer, strict=False))
        case QuestionKind.SEVERAL:
            return {"answer": list(answer)}
        case _:
            return {"answer": answer}


def said(question: Question, answer: str | None) -> str:
    """Return an answer in words."""
    if answer is None:
        return pgettext("survey", "no answer yet")
    if not answer:
        return pgettext("survey", "left out")
    match question.kind:
        case QuestionKind.ONE | QuestionKind.SEVERAL:
            return " · ".join(str(each.says) for each in question.chosen(answer))
        case QuestionKind.ORDER:
            chosen = enumerate(question.chosen(answer), 1)
            return " · ".join(f"{nth}. {each.says}" for nth, each in chosen)
        case QuestionKind.MATCH:
            return " · ".join(f"{one.says} – {other.says}" for one, other in question.pairs(answer))
        case _:
            return f"{answer} {question.unit or ''}".strip()


def place_of(step: Step, one: Begun) -> Place:
    """Return where a page stands."""
    found = steps(one.questionnaire, one.given.answers)
    at = [each.code for each in found].index(step.code)
    before = address("question", one, found[at - 1].code) if at else ""
    return Place(at + 1, len(found), before)


def address(name: str, one: Begun, *args: str) -> str:
    """Return the address of a page of a draft."""
    return reverse(f"surveys:{name}", args=[one.survey.slug, one.words.replace(" ", "-"), *args])


def language_of(survey: Shown) -> str:
    """Return in which language a survey is read here: one's own, else its first."""
    current = (get_language() or "")[:2]
    return current if current in survey.languages or not survey.languages else survey.languages[0]


_FIELDS_OF_OURS = frozenset({"seen"})


@public.get
def listed(request: Request) -> HttpResponse:
    """Show the surveys that are open, and those that are closed."""
    context = {"open": surveys.listed(), "over": surveys.over()}
    return render(request, "surveys/list.html", context)


@public.form
@paced
def survey(request: Request, slug: str) -> HttpResponse:
    """Say who asks what, and why; begin."""
    return _begun(request, surveys.survey(slug))


@public.form
@paced
def link(request: Request, token: str) -> HttpResponse:
    """The same, through a school or structure."""
    invitation = surveys.invitation(read_link(token))
    return _begun(request, surveys.of(invitation.survey), invitation.id, token=token)


@public.get
def parents(request: Request, token: str) -> HttpResponse:
    """Tell parents of minors what their children are to be asked, by whom, when, and what for."""
    invitation = surveys.invitation(read_link(token))
    one = surveys.of(invitation.survey)
    context = {
        **_shown(one),
        "structure": surveys.structure_of(invitation),
        "invitation": invitation,
        "answers_from": invitation.notice_on + NOTICE,
        "version": surveys.wording(one),
    }
    return render(request, "surveys/parents.html", context)


@public.get
def wording(request: Request, slug: str, number: int) -> HttpResponse:
    """Show a published version of the questionnaire, whole."""
    one = surveys.survey(slug)
    context = {**_shown(one), "version": surveys.wording(one, number)}
    return render(request, "surveys/wording.html", context)


@public.get
def source(request: Request, slug: str, number: int) -> HttpResponse:  # noqa: ARG001
    """Give a published version as data."""
    found = surveys.wording(surveys.survey(slug), number)
    answer = JsonResponse(dict(found.source), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{number}.json"'
    return answer


@public.get
def answer(request: Request, slug: str, words: str) -> HttpResponse:
    """Show the first page that is not answered yet."""
    one = surveys_public.begun(words)
    if one is None:
        return _gone(request, slug, words)
    step = left(one.questionnaire, one.given.answers)
    if step is None:
        return redirect(address("review", one))
    return _asked(request, one, step, forms_of(step, None, one.given.answers))


@public.form
@paced
def question(request: Request, slug: str, words: str, code: str) -> HttpResponse:
    """Ask a question, or the rows of a matrix; go on to what follows."""
    one = surveys_public.begun(words)
    if one is None:
        return _gone(request, slug, words)
    found = steps(one.questionnaire, one.given.answers)
    step = next((each for each in found if each.code == code), None)
    if step is None:  # what another tab answered leads elsewhere
        return _not_asked(request, one)
    forms = forms_of(step, posted(request), one.given.answers)
    if request.method == "POST" and all([form.is_valid() for form in forms]):  # noqa: C419 - say what is wrong in each
        given = dict(zip((each.code for each in step.questions), forms, strict=True))
        with attempt(request, forms[0], conflict=True):
            one = answering.answer(
                words=words,
                given={name: form.given for name, form in given.items()},
                seen=_number(request.POST.get("seen", "")),
                by=request.actor,
            )
            return _on(request, one, code)
    return _asked(request, one, step, forms)


@public.form
@paced
def review(request: Request, slug: str, words: str) -> HttpResponse:
    """Show all answers before they are sent; send them."""
    one = surveys_public.begun(words)
    if one is None:
        return _gone(request, slug, words)
    shown = surveys.of(one.survey)
    if request.method == "POST":
        with attempt(request):
            answering.send(words=words, by=request.actor)
            return redirect("surveys:sent", slug)
    asked, answers = one.questionnaire, one.given.answers
    standing = surveys.standing(shown, one.row.invitation)
    context = {
        **_shown(shown),
        "lines": [
            {
                "asks": each.asks,
                "said": said(each, answers.get(each.code)),
                "change": address("question", one, step.code),
            }
            for step in steps(asked, answers)
            for each in step.questions
        ],
        "closing": asked.closing(answers),
        "is_open": standing is Standing.OPEN,
        "standing": standing.label,
        "is_whole": asked.following(answers) is None,
        "go_on": address("answer", one),
        "give_up": address("give_up", one),
        "words": one.words,
    }
    return render(request, "surveys/review.html", context)


@public.post
@paced
def give_up(request: Request, slug: str, words: str) -> HttpResponse:
    """Delete what is not sent."""
    with attempt(request, said=_("These answers are deleted. Nothing was sent.")):
        answering.give_up(words=words, by=request.actor)
    return redirect("surveys:survey", slug)


@public.get
def sent(request: Request, slug: str) -> HttpResponse:
    """Say that the answers were sent."""
    return render(request, "surveys/sent.html", _shown(surveys.survey(slug)))


@public.get
def full(request: Request, slug: str) -> HttpResponse:
    """Say that enough people in this situation have answered."""
    return render(request, "surveys/full.html", _shown(surveys.survey(slug)))


@public.form
@paced
def resume(request: Request) -> HttpResponse:
    """Come back to a draft with its six words; a slip is asked back."""
    form = WordsForm(posted(request))
    if form.is_valid():
        phrase = form.cleaned_data["words"]
        one = surveys_public.begun(phrase)
        if one is not None:
            return redirect(address("answer", one))
        with attempt(request, form):
            if surveys_public.is_sent(phrase):
                raise WordsUnknown(_("What these words opened was sent. It counts once."))
            if (many := len(phrase.replace("-", " ").split())) != WORDS:
                raise WordsUnknown(_("Type six words: here are %(many)d.") % {"many": many})
            raise WordsUnknown(
                _("These words open nothing. Answers that are not sent expire after 30 days.")
            )
    return render(request, "surveys/resume.html", {"form": form}, status=status_of(form))


def _begun(
    request: Request, one: Shown, invitation: UUID | None = None, *, token: str = ""
) -> HttpResponse:
    link_row = surveys.invitation(invitation) if invitation else None
    if request.method == "POST":
        with attempt(request):
            words = answering.begin(
                slug=one.slug,
                language=get_language() or "",
                invitation=invitation,
                by=request.actor,
            )
            return redirect("surveys:answer", one.slug, words)
    standing = surveys.standing(one, link_row)
    version = surveys.wording(one)
    context = {
        **_shown(one),
        "standing": standing,
        "is_open": standing is Standing.OPEN,
        "until": min(one.closes_on, link_row.ends_on) if link_row else one.closes_on,
        "version": version,
        "many": len(steps_of_all(version)),
        "token": token,
        "is_for_minors": one.audience is Audience.MINORS,
        "needs_link": standing is Standing.LINK,
    }
    return render(request, "surveys/survey.html", context)


def steps_of_all(version: Version) -> list[str]:
    """Return the questions of a version, a matrix as one."""
    return list(
        dict.fromkeys(str(each.stem or each.asks) for each in version.questionnaire.questions)
    )


def _asked(request: Request, one: Begun, step: Step, forms: Sequence[QuestionForm]) -> HttpResponse:
    """Draw a page of questions; after a conflict, with what the other tab answered."""
    answers, status = one.given.answers, status_of(*forms)
    elsewhere = [said(each, answers[each.code]) for each in step.questions if each.code in answers]
    context = {
        **_shown(surveys.of(one.survey)),
        "step": step,
        "forms": forms,
        "here": address("question", one, step.code),
        "place": place_of(step, one),
        "words": one.words,
        "seen": one.row.version,
        "elsewhere": elsewhere if status is HTTPStatus.CONFLICT else (),
    }
    return render(request, "surveys/question.html", context, status=status)


def _on(request: Request, one: Begun, code: str) -> HttpResponse:
    """Go on after a page; where a quota is full, say so, and delete what was answered."""
    if surveys.is_full(one):
        answering.give_up(words=one.words, by=request.actor)
        return redirect("surveys:full", one.survey.slug)
    step = after(one.questionnaire, one.given.answers, code)
    return redirect(address("question", one, step.code) if step else address("review", one))


def _not_asked(request: Request, one: Begun) -> HttpResponse:
    """Go on where a question is not asked any longer; say so to who answered it."""
    go_on = address("answer", one)
    if request.method != "POST":
        return redirect(go_on)
    context = {
        **_shown(surveys.of(one.survey)),
        "typed": typed_in(request, without=_FIELDS_OF_OURS),
        "go_on": go_on,
    }
    return render(request, "surveys/not_asked.html", context, status=HTTPStatus.CONFLICT)


def _gone(request: Request, slug: str, words: str) -> HttpResponse:
    """Say that these answers were sent; what was typed meanwhile is shown. NotHere for others."""
    if not surveys_public.is_sent(words):
        raise NotHere
    if request.method != "POST":
        return redirect("surveys:sent", slug)
    typed = typed_in(request, without=_FIELDS_OF_OURS)
    if not typed.given:  # sent twice, by two presses
        return redirect("surveys:sent", slug)
    context = {**_shown(surveys.survey(slug)), "typed": typed, "is_late": True}
    return render(request, "surveys/sent.html", context, status=HTTPStatus.CONFLICT)


def _shown(one: Shown) -> dict[str, object]:
    language = language_of(one)
    is_translated = (get_language() or "").startswith(language)
    return {
        "survey": one,
        "language": language,
        "is_translated": is_translated,
        "editions": results.editions(one.id),
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len("100000000") else 0
