"""The public pages of surveys, each in a state that the real actions made."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from balise.awareness.places.structures.tests.makers import make_structure
from balise.awareness.surveys.access import link_token
from balise.awareness.surveys.actions import making
from balise.awareness.surveys.models import Survey
from balise.awareness.surveys.rules.promises import NOTICE, Audience
from balise.awareness.surveys.tests.makers import SLUG, TALKS, begin, give, make_survey
from balise.config.tests.public_ways import Reach
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import now, today

AT = f"/fr/surveys/{SLUG}/"
_MONTH = timedelta(days=30)


def survey(page: str = "") -> Reach:
    """Return the way to a page of a survey that is open."""

    def reach(_client: Client) -> str:
        _make_open()
        return f"{AT}{page}"

    return reach


def draft(page: str, *, answered: bool = False) -> Reach:
    """Return the way to a page of what someone answers; `{words}` in it are its six words."""

    def reach(_client: Client) -> str:
        _make_open()
        words = begin()
        if answered:
            give(words, talks="a")
        return AT + page.format(words=words)

    return reach


def linked(page: str) -> Reach:
    """Return the way to a page of a school's link, a week after parents were told."""

    def reach(_client: Client) -> str:
        ends = today() + _MONTH
        days = (today() - _MONTH, ends)
        made = make_survey(TALKS, slug=uuid4().hex, audience=Audience.MINORS, days=days)
        with clock.at(now() - NOTICE):
            invitation = making.invite(
                survey_id=made,
                structure=make_structure(),
                notice_on=today(),
                ends_on=ends,
                by=make_actor("coordinator"),
            )
        return f"/fr/surveys/{page}/{link_token(invitation)}/"

    return reach


def six_words() -> dict[str, str]:
    """Begin to answer, and return the words that open it."""
    _make_open()
    return {"words": begin()}


def _make_open() -> None:
    if not Survey.objects.filter(slug=SLUG).exists():  # one test may walk several pages
        make_survey(TALKS, days=(today() - _MONTH, today() + _MONTH))
