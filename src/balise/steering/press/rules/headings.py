"""By what press items are told apart, beside their medium."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class HeadingKind(TextChoices):
    """A topic lasts; a sequence is a moment, as a week of meetings or a start of school."""

    TOPIC = "topic", pgettext_lazy("press", "Topic")
    SEQUENCE = "sequence", pgettext_lazy("press", "Sequence")
