"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.quizzes import access
from balise.awareness.activities.quizzes.demonstration import fill
from balise.awareness.activities.quizzes.events import QuizzesCounted
from balise.awareness.activities.quizzes.models import LINE, Once, Pair
from balise.awareness.activities.quizzes.rules import PAIRED, Audience, What
from balise.awareness.activities.quizzes.tasks import SCHEDULE
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of quizzes, in words.


_TIMES = ngettext_lazy("%(many)s time", "%(many)s times", "count")

FIGURES = (
    Figure(
        board="awareness",
        code="quizzes",
        measure="awareness.quizzes",
        title=_("Quizzes"),
        counted=_TIMES,
        form=Form.CODES,
        by="what",
        labels=lambda: dict(What.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="quizzes-audience",
        measure="awareness.quizzes-finished",
        title=_("Quizzes finished, by age"),
        counted=_TIMES,
        form=Form.CODES,
        by="audience",
        labels=lambda: dict(Audience.choices),
        in_given_order=True,
        sums=True,
    ),
)


# The figures of quizzes that a committee speaks of, defined.


INDICATORS = (
    Indicator(
        code="QUIZ-N",
        line="awareness",
        name=_("Quizzes finished"),
        definition=_(
            "A quiz counts on the day its last question is answered, alone or by a class; "
            "a class counts once."
        ),
        unit=ngettext_lazy("%(many)s quiz", "%(many)s quizzes", "count"),
        source=Flow(
            Counts("awareness.quizzes", only=(("what", (What.FINISHED.value,)),), sums=True)
        ),
        owner=_("Quizzes"),
    ),
)


# What is counted of quizzes: QUIZ-N and GAIN.


MEASURES = (
    Measure("awareness.quizzes", counts=QuizzesCounted, by=("what",), day="day", amount="times"),
    Measure(
        "awareness.quizzes-finished",
        counts=QuizzesCounted,
        by=("audience",),
        day="day",
        amount="times",
        only=(("what", What.FINISHED.value),),
    ),
)


# What is deleted of quizzes, and when. No row here says who someone is.


MARKED: Final = timedelta(days=60)


RULES = (
    Rule(
        name="awareness.quiz-pairs",
        forgets=Pair,
        says=_(
            "How many answers were right the first time waits 60 days for the second time, under "
            "six words and without any name; it is deleted once it is counted."
        ),
        due=past(Pair, "at", PAIRED),
        erase=deleted(Pair),
    ),
    Rule(
        name="awareness.quiz-marks",
        forgets=Once,
        says=_("The mark by which the end of a quiz is counted once is deleted after 60 days."),
        due=past(Once, "at", MARKED),
        erase=dropped(Once),
    ),
)


# What the public door may do: answer quizzes and count them.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_quizzes_quiz", "activities_quizzes_version"),
        to=(PUBLIC,),
        why="Anyone reads the quizzes that are public.",
        read=ALL,
    ),
    Grant(
        on=("activities_quizzes_pair",),
        to=(PUBLIC,),
        why="A first time waits under six words for the second; it is locked, counted, deleted.",
        read=ALL,
        add=True,
        change=("at",),
        remove=True,
    ),
    Grant(
        on=("activities_quizzes_once",),
        to=(PUBLIC,),
        why="The end of a quiz is counted once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("activities_quizzes_daytally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "quiz", "audience", "what", "times", "total"),
        add=True,
        change=("times", "total"),
    ),
)


MODULE = Module(
    public=(Mount(namespace="quizzes"),),
    staff=(Mount("awareness/quizzes/", "quizzes"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE, access.PUBLISH),
        "coordinator": (access.READ,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Quizzes"),
            says=_("Quizzes that are public, those brought in, and what they change."),
            url_name="staff:quizzes:board",
            icon="help",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Quizzes"),
            says=_("Ten questions by age, explained. To answer alone, with a class or on paper."),
            url_name="quizzes:every",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    grants=GRANTS,
    demonstration=fill,
)
