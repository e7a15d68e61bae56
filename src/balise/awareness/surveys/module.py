"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.surveys import access
from balise.awareness.surveys.demonstration import fill
from balise.awareness.surveys.events import AnswersStored
from balise.awareness.surveys.models import LINE, AnswerSet, Draft, FreeText, Sent, Waiting
from balise.awareness.surveys.rules.promises import ANSWERS, DRAFTS, MARKS, TEXTS
from balise.awareness.surveys.tasks import SCHEDULE
from balise.awareness.surveys.web.due import of_surveys
from balise.foundation import clock
from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, emptied
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of surveys, in words.


FIGURES = (
    Figure(
        board="awareness",
        code="survey-answers",
        measure="awareness.survey-answers",
        title=_("Answers to surveys, by day of storing"),
        counted=ngettext_lazy("%(many)s answer stored", "%(many)s answers stored", "count"),
        form=Form.DAYS,
        sums=True,
    ),
)


# The figures of surveys that a committee speaks of, defined.


INDICATORS = (
    Indicator(
        code="SURV-N",
        line="awareness",
        name=_("Answers to surveys"),
        definition=_(
            "A whole set of answers counts on its day. Nobody has an account, so one "
            "person may have answered twice."
        ),
        unit=ngettext_lazy("%(many)s respondent", "%(many)s respondents", "count"),
        source=Flow(Counts("awareness.survey-answers", sums=True)),
        owner=_("Surveys"),
    ),
)


# What is counted of surveys.


MEASURES = (Measure("awareness.survey-answers", counts=AnswersStored, day="day", amount="many"),)


# What is deleted of surveys, and when.


def _drafts_due(at: datetime) -> QuerySet[Any]:
    return Draft.objects.filter(changed_on__lte=clock.day_of(at) - DRAFTS)


def _texts_due(at: datetime) -> QuerySet[Any]:
    closed = FreeText.objects.filter(wording__survey__closed_on__lte=clock.day_of(at) - TEXTS)
    return closed.exclude(sealed=b"")


def _ended(table: type[Model], survey: str, kept: timedelta) -> Callable[[datetime], QuerySet[Any]]:
    """Return what is due of a table: rows of surveys that were closed so long ago."""

    def due(at: datetime) -> QuerySet[Any]:
        closed = {f"{survey}__closed_on__lte": clock.day_of(at) - kept}
        return table._default_manager.filter(**closed)

    return due


def _unmark(marks: Sequence[bytes]) -> int:
    return Sent.objects.filter(mark__in=marks).delete()[0]


RULES = (
    Rule(
        name="awareness.survey-drafts",
        forgets=Draft,
        says=_("Answers to a survey that were not sent are deleted 30 days after the last one."),
        due=_drafts_due,
        erase=deleted(Draft),
    ),
    Rule(
        name="awareness.survey-marks",
        forgets=Sent,
        says=_("The mark by which a survey counts an answer once is deleted 30 days after it."),
        due=_ended(Sent, "survey", MARKS),
        erase=_unmark,
    ),
    Rule(
        name="awareness.survey-waiting",
        forgets=Waiting,
        says=_("Answers that could not be stored are deleted 30 days after the survey."),
        due=_ended(Waiting, "survey", MARKS),
        erase=deleted(Waiting),
    ),
    Rule(
        name="awareness.survey-texts",
        forgets=FreeText,
        says=_(
            "Free texts of a survey, as they were written, are deleted 180 days after it; what the "
            "team read and redacted stays with the answers."
        ),
        due=_texts_due,
        erase=emptied(FreeText, "sealed"),
    ),
    Rule(
        name="awareness.survey-answers",
        forgets=AnswerSet,
        says=_("Answers to a survey, which name nobody, are deleted five years after it."),
        due=_ended(AnswerSet, "wording__survey", ANSWERS),
        erase=deleted(AnswerSet),
    ),
    Rule(
        name="awareness.survey-texts-read",
        forgets=FreeText,
        says=_("Free texts that the team redacted are deleted five years after the survey."),
        due=_ended(FreeText, "wording__survey", ANSWERS),
        erase=deleted(FreeText),
    ),
)


# What the public door may do: add answers, never read those of others.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("surveys_survey", "surveys_wording"),
        to=(PUBLIC,),
        why="Everyone reads what is asked, by whom, why, and in which words.",
        read=ALL,
    ),
    Grant(
        on=("surveys_draft",),
        to=(PUBLIC,),
        why="Six words open a draft, which each answer changes, and which is deleted once sent. It "
        "is encrypted with these words.",
        read=ALL,
        add=True,
        change=("sealed", "version", "changed_on"),
        remove=True,
    ),
    Grant(
        on=("surveys_waiting",),
        to=(PUBLIC,),
        why="An answer that is sent waits, encrypted: this door can neither read nor change it.",
        add=True,
    ),
    Grant(
        on=("surveys_sent",),
        to=(PUBLIC,),
        why="What is sent twice counts once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("surveys_quotacount",),
        to=(PUBLIC,),
        why="It adds one to the count of a quota, and sees whether it is full.",
        read=ALL,
        add=True,
        change=("many",),
    ),
    Grant(
        on=("surveys_invitation",),
        to=(PUBLIC,),
        why="The link of a school says until when, and since when parents know; it is counted.",
        read=ALL,
        change=("sent",),
    ),
    Grant(
        on=("surveys_freetext",),
        to=(PUBLIC,),
        why="Everyone reads free texts as they were redacted; what was written stays inside.",
        read=("wording_id", "question", "shown", "reading", "edition"),
    ),
    Grant(
        on=("surveys_edition",),
        to=(PUBLIC,),
        why="Everyone reads results as they were published; the numbers of people stay inside.",
        read=("id", "survey_id", "number", "wording", "published_on", "told"),
    ),
)


_LEAD = (
    access.READ,
    access.WRITE,
    access.OPEN,
    access.INVITE,
    access.TEXTS,
    access.PUBLISH_RESULTS,
)

MODULE = Module(
    budgets=(Budget("awareness.surveys", near=128 * MIB, in_all=5 * GIB),),
    public=(Mount(namespace="surveys"),),
    staff=(Mount("awareness/surveys/", "surveys"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "coordinator": (access.READ, access.INVITE),
        "awareness_lead": _LEAD,
        "steering": (access.RESULTS,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Surveys"),
            says=_("Questionnaires, what is open, links for schools, texts to read."),
            url_name="staff:surveys:surveys",
            icon="file",
            ability=access.READ,
            due=of_surveys,
        ),
        StaffEntry(
            line="awareness",
            label=_("Survey results"),
            says=_("Results of surveys as they were published, and the next edition."),
            url_name="staff:surveys:results_board",
            icon="chart",
            ability=access.READ,
        ),
        StaffEntry(
            line="steering",
            label=_("Survey results"),
            says=_("Results of surveys as they were published."),
            url_name="staff:surveys:results_board",
            icon="chart",
            ability=access.RESULTS,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Surveys"),
            says=_("Answer without a name, read the results and how they were made."),
            url_name="surveys:list",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    key_line=LINE,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
