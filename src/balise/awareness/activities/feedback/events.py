"""What was said after sessions; never by whom."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class FeedbackCounted(Event, name="awareness.feedback.counted"):
    """So many answered a question so on a day, about sessions with a kit (the subject)."""

    day: date
    question: Code
    answer: Code
    times: int
