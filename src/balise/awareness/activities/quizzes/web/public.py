"""Quizzes, for anyone: the list, a question, what explains it, the end. Nobody has a score."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from balise.awareness.activities.quizzes import actions, queries
from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.rules import Mode, Path, Quiz
from balise.awareness.questions.web.fields import QuestionForm, page
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.phrases import WordsForm

# The address of a page, with how far someone is in a quiz: no cookie and no account says it.


PARAMETER = "path"


def path_of(request: Request, code: str) -> tuple[Path, Quiz, bool]:
    """Return the path of an address, its quiz, and whether the quiz was changed meanwhile.

    Raises NotHere for a made-up address, or one of another quiz.
    """
    quiz, path = queries.quiz(code), links.read(request.GET.get(PARAMETER, ""))
    if path.quiz != code:
        raise Http404
    return path.of_now(quiz), quiz, path.mark != quiz.mark


def address(name: str, path: Path, *args: object) -> str:
    """Return the address of a page of a quiz for a path."""
    place = reverse(f"quizzes:{name}", args=(path.quiz, *args))
    return f"{place}?{PARAMETER}={links.carried(path)}"


def go(name: str, path: Path, *args: object) -> HttpResponseRedirect:
    """Go on to a page of a quiz with a path."""
    return HttpResponseRedirect(address(name, path, *args))


def frame(quiz: Quiz) -> str:
    """Return the template that frames the pages of a quiz, by whom it is for."""
    return "quizzes/young.html" if quiz.audience.is_young else "quizzes/adult.html"


@public.get
def every(request: Request) -> HttpResponse:
    """Show the quizzes, by age."""
    return render(request, "quizzes/every.html", {"quizzes": queries.public()})


@public.get
def one(request: Request, code: str) -> HttpResponse:
    """Show what a quiz is about, what is kept (nothing), and the ways to play it."""
    quiz = queries.quiz(code)
    return render(request, "quizzes/one.html", {"quiz": quiz, "frame": frame(quiz)})


@public.post
@paced
def begin(request: Request, code: str) -> HttpResponse:
    """Begin a quiz; `mode` says where these are the answers before a session."""
    mode = Mode.BEFORE if request.POST.get("mode") == Mode.BEFORE else Mode.ALONE
    return go("question", actions.begin(code=code, mode=mode, by=request.actor), 1)


@public.form
@paced
def again(request: Request, code: str) -> HttpResponse:
    """Begin the second time, with the six words of the first."""
    quiz, form = queries.quiz(code), WordsForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            path = actions.begin_again(code=code, **form.cleaned_data, by=request.actor)
            return go("question", path, 1)
    context = {"quiz": quiz, "frame": frame(quiz), "form": form}
    return render(request, "quizzes/again.html", context, status=status_of(form))


@public.form
@paced
def question(request: Request, code: str, nth: int) -> HttpResponse:
    """Ask a question; explain the answer that was given, unless a second time is to come."""
    path, quiz, is_changed = path_of(request, code)
    asked = path.asked(quiz)
    if not 1 <= nth <= len(asked):
        raise Http404
    found = asked[nth - 1]
    token = links.carried(path)
    if "skip" in request.POST:
        path = actions.skip(token=token, code=found.code, by=request.actor)
        return _after(request, path, quiz, nth)
    form = QuestionForm(found, posted(request), label=pgettext("noun", "Answer"))
    if form.is_valid():
        with attempt(request, form):
            path = actions.answer(token=token, code=found.code, given=form.given, by=request.actor)
            return _after(request, path, quiz, nth, explains=path.mode is not Mode.BEFORE)
    last = nth == len(asked)
    answer = "" if path.mode is Mode.BEFORE else path.answers.get(found.code, "")
    context = {
        "quiz": quiz,
        "frame": frame(quiz),
        "is_before": path.mode is Mode.BEFORE,
        "next": address("end", path) if last else address("question", path, nth + 1),
        "is_changed": is_changed,
        **page(found, form, nth=nth, many=len(asked), answer=answer),
    }
    return render(request, "quizzes/question.html", context, status=status_of(form))


@public.get
def end(request: Request, code: str) -> HttpResponse:
    """Say what is worth keeping, and whom to talk to; no score."""
    path, quiz, _is_changed = path_of(request, code)
    if path.next(quiz):
        return go("question", path, path.next(quiz))
    context = {"quiz": quiz, "frame": frame(quiz), "first": address("question", path, 1)}
    return render(request, "quizzes/end.html", context)


@public.get
def words(request: Request, token: str) -> HttpResponse:
    """Show the six words for the second time; their page can be opened for an hour."""
    code, given = links.read_shown(token)
    quiz = queries.quiz(code)
    context = {"quiz": quiz, "frame": frame(quiz), "words": " ".join(given)}
    return render(request, "quizzes/words.html", context)


def _after(
    request: Request, path: Path, quiz: Quiz, nth: int, *, explains: bool = False
) -> HttpResponse:
    """Go on after an answer: to what explains it, the next question, or the end."""
    if explains:
        return go("question", path, nth)
    following = path.next(quiz)
    if following:
        return go("question", path, following)
    if path.mode is not Mode.BEFORE:
        return go("end", path)
    given = actions.give_words(
        token=links.carried(path), language=get_language() or "", by=request.actor
    )
    if given:
        return redirect("quizzes:words", links.shown(quiz.code, given))
    return redirect("quizzes:one", quiz.code)  # sent twice: they are on the page before this one
