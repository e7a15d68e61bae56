"""A quiz before a class: projected, by show of hands. Hands are typed in the page, never sent."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from balise.awareness.activities.quizzes import actions, queries
from balise.awareness.activities.quizzes.rules import Quiz
from balise.awareness.questions.rules.questions import (
    Question,
    QuestionKind,
    lettered,
    right_answer,
)
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

_BY_HANDS = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})


@public.post
@paced
def begin(request: Request, code: str) -> HttpResponse:
    """Begin with a class."""
    actions.begin_class(quiz=queries.quiz(code), by=request.actor)
    return redirect("quizzes:class_question", code, 1)


@public.get
def question(request: Request, code: str, nth: int) -> HttpResponse:
    """Show a question, a number of hands beside each answer, and what explains it."""
    quiz = queries.quiz(code)
    found = _nth(quiz, nth)
    right = found.right[0] if found.right and found.kind in _BY_HANDS else ""
    context = {
        "quiz": quiz,
        "question": found,
        "choices": [
            {"letter": letter, "text": each.says, "is_right": each.code in right}
            for letter, each in lettered(found.choices)
        ],
        "partners": [each.says for each in found.partners],
        "answer": right_answer(found),
        "has_hands": found.kind in _BY_HANDS,
        "nth": nth,
        "many": len(quiz.questions),
        "is_last": nth == len(quiz.questions),
        "next": nth + 1,
        "before": nth - 1,
    }
    return render(request, "quizzes/class.html", context)


@public.get
def pause(request: Request, code: str, nth: int) -> HttpResponse:
    """Show nothing but a pause."""
    quiz = queries.quiz(code)
    _nth(quiz, nth)
    return render(request, "quizzes/class_pause.html", {"quiz": quiz, "nth": nth})


@public.get
def end(request: Request, code: str) -> HttpResponse:
    """Say what is worth keeping and whom to talk to, here and by telephone."""
    quiz = queries.quiz(code)
    whom = "young" if quiz.audience.is_young else "adults"
    context = {
        "quiz": quiz,
        "last": len(quiz.questions),
        "numbers": settings.CENTRE.numbers_on("public", whom=whom),
    }
    return render(request, "quizzes/class_end.html", context)


def _nth(quiz: Quiz, nth: int) -> Question:
    if not 1 <= nth <= len(quiz.questions):
        raise Http404
    return quiz.questions[nth - 1]
