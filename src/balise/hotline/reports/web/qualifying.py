"""The staff door: question by question to the offence, on the page of the verdict.

Each step is a form that carries the answers along, and is kept as what is typed there (`drafting`).
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.utils.dateparse import parse_date

from balise.foundation.clock import today
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.queries.reviews import law_of_offence
from balise.hotline.reports.rules.words import Confidence, Verdict
from balise.hotline.reports.web.forms.content import (
    AnswersField,
    VerdictForm,
    language_here,
    other_language,
)
from balise.hotline.reports.web.staff import show
from balise.takedown.law.rules import Certainty, Facts
from balise.takedown.law.rules.qualification import qualification
from balise.takedown.law.rules.trees import rationale, walk


@staff.post
def qualify(request: Request, content_id: UUID) -> HttpResponse:
    """Take one answer, and ask the next question or fill in the offence that was reached."""
    posted = request.POST
    before: dict[str, str] = AnswersField().to_python(posted.get("answers", ""))
    answers = _answered(posted, before)
    facts = _facts(posted)
    tree = qualification(settings.COUNTRY)
    where = walk(tree, answers, facts.last)
    asked = {question.code: choice.code for question, choice in where.asked}
    filled: dict[str, object] = {
        name: posted[name] for name in VerdictForm.base_fields if posted.get(name)
    }
    filled |= {"answers": asked, "facts_on": facts.last, "certainty": facts.certainty}
    filled |= _reasons(posted, before, asked if where.ending else {})
    if where.ending and where.ending.offence:
        filled |= {"verdict": Verdict.ILLEGAL, "offence": where.ending.offence.code}
        if where.ending.doubtful:
            filled["confidence"] = Confidence.DOUBTFUL
    form = VerdictForm(initial=filled)
    cited = law_of_offence(str(filled["offence"]), facts) if filled.get("offence") else None
    return show(request, content_id, where, cited, form=form)


def _answered(posted: QueryDict, before: Mapping[str, str]) -> dict[str, str]:
    if "back" in posted:
        return dict(list(before.items())[:-1])
    question, _equals, choice = posted.get("answer", "").partition("=")
    return {**before, question: choice} if question else dict(before)


def _facts(posted: QueryDict) -> Facts:
    """Return the days that were given, as far as they can be read; `said_on` is a reporter's day.

    What a reporter saw on a day was there on that day at the latest.
    """
    said_on = _day(posted.get("said_on", ""))
    if said_on:
        return Facts(said_on, None, Certainty.AT_LATEST)
    given = posted.get("certainty", "")
    certainty = Certainty(given) if given in Certainty.values else Certainty.AT_LATEST
    last, first = _day(posted.get("facts_on", "")) or today(), _day(posted.get("facts_from", ""))
    return Facts(last, first if first and first <= last else None, certainty)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _reasons(
    posted: QueryDict, before: Mapping[str, str], asked: Mapping[str, str]
) -> dict[str, str]:
    """Return the reasons in both languages; what was typed by hand stays, above what is written.

    What earlier answers (`before`) wrote goes; `asked` is empty until the end is reached.
    """
    tree = qualification(settings.COUNTRY)
    here = posted.get("written_in", "")
    if here not in dict(settings.LANGUAGES):
        here = language_here()
    reasons = {"written_in": here}
    for name, language in (("rationale", here), ("translation", other_language(here))):
        typed = posted.get(name, "").strip().replace("\r\n", "\n")
        by_hand = typed.removesuffix(rationale(tree, before, language)).strip()
        reasons[name] = f"{by_hand}\n\n{rationale(tree, asked, language)}".strip()
    return reasons
