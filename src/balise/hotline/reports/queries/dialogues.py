"""Who had the last word of a report's dialogue."""

from django.db.models import Exists, OuterRef

from balise.hotline.reports.models import Message
from balise.hotline.reports.rules.words import Author


def last_word(author: Author) -> Exists:
    """Return the condition that the last message about a report is this author's."""
    messages = Message.objects.filter(report=OuterRef("id"))
    later = Message.objects.filter(report=OuterRef("report"), at__gt=OuterRef("at"))
    return Exists(messages.filter(~Exists(later), author=author))
