"""What is counted of what educators say."""

from balise.awareness.activities.feedback.events import FeedbackCounted
from balise.awareness.activities.feedback.rules.asking import ABLE, USEFUL
from balise.foundation.statistics.measures import Measure

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
