"""A quiz on paper: a sheet for pupils, and the answers with what explains them."""

from django.http import HttpResponse
from django.utils.translation import pgettext

from balise.awareness.activities.quizzes import queries
from balise.awareness.activities.quizzes.documents import papers
from balise.foundation.web.doors import Request, public


@public.get
def sheet(request: Request, code: str) -> HttpResponse:  # noqa: ARG001 - as doors hand it
    """Give the sheet to answer on."""
    return _pdf(papers.sheet(queries.quiz(code)), f"{pgettext('file name', 'quiz')}-{code}")


@public.get
def answers(request: Request, code: str) -> HttpResponse:  # noqa: ARG001 - as doors hand it
    """Give the answers, each explained."""
    return _pdf(papers.answers(queries.quiz(code)), f"{pgettext('file name', 'answers')}-{code}")


def _pdf(octets: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
