"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.feedback import access
from balise.awareness.activities.feedback.actions import MARKED
from balise.awareness.activities.feedback.demonstration import fill
from balise.awareness.activities.feedback.events import FeedbackCounted
from balise.awareness.activities.feedback.models import Once
from balise.awareness.activities.feedback.rules import ABLE, USEFUL, asked
from balise.awareness.activities.feedback.tasks import SCHEDULE
from balise.awareness.activities.feedback.web.public import of_a_kit
from balise.foundation.grants import PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry

# The figures of what educators say, in words.


_SAID = ngettext_lazy("%(many)s answer", "%(many)s answers", "count")


def _labels(question: str) -> Mapping[str, object]:
    (found,) = (each for each in asked(settings.COUNTRY) if each.code == question)
    return {each.code: each.says for each in found.choices}


FIGURES = tuple(
    Figure(
        board="awareness",
        code=f"feedback-{question}",
        measure=f"awareness.feedback-{question}",
        title=title,
        counted=_SAID,
        form=Form.CODES,
        by="answer",
        labels=partial(_labels, question),
        in_given_order=True,
        sums=True,
    )
    for question, title in (
        (USEFUL, _("After a session: was it useful?")),
        (ABLE, _("After a session: do they know better what to do?")),
    )
)


# What is counted of what educators say.


MEASURES = tuple(
    Measure(
        f"awareness.feedback-{question}",
        counts=FeedbackCounted,
        by=("answer",),
        day="day",
        amount="times",
        only=(("question", question),),
    )
    for question in (USEFUL, ABLE)
)


# What is deleted of feedback, and when. No row here says who someone is.


RULES = (
    Rule(
        name="awareness.feedback-marks",
        forgets=Once,
        says=_("The mark by which an opinion on a session counts once is deleted after 30 days."),
        due=past(Once, "at", MARKED),
        erase=dropped(Once),
    ),
)


# What the public door may do: count what is said after a session.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_feedback_once",),
        to=(PUBLIC,),
        why="What was sent is counted once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("activities_feedback_feedbacktally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "kit", "ages", "question", "answer", "times"),
        add=True,
        change=("times",),
    ),
)


MODULE = Module(
    public=(Mount(namespace="feedback"),),
    staff=(Mount("awareness/feedback/", "feedback"),),
    abilities={"editor": (access.READ,), "coordinator": (access.READ,)},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("After sessions"),
            says=_("What educators say of sessions with a kit."),
            url_name="staff:feedback:board",
            icon="chat",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    parts={"publications.page": of_a_kit},
    demonstration=fill,
)
