"""The address of a page, with how far someone is in a quiz: no cookie and no account says it."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from balise.awareness.activities.quizzes import queries
from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.rules.paths import Path
from balise.awareness.activities.quizzes.rules.quizzes import Quiz
from balise.foundation.web.doors import Request

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
