"""The words of an event and of who registers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class EventKind(TextChoices):
    """What an event is."""

    WEBINAR = "webinar", _("Webinar")
    COLLOQUIUM = "colloquium", _("Colloquium")
    STAND = "stand", _("Stand")
    STOP = "stop", _("Stop of a tour")
    FESTIVAL = "festival", _("Festival")
    TRAINING = "training", _("Training session")
    DIALOGUE = "dialogue", _("Dialogue")


class EventState(TextChoices):
    """Where an event stands; one that was published is cancelled, never deleted."""

    DRAFT = "draft", pgettext_lazy("event", "Draft")
    PUBLISHED = "published", pgettext_lazy("event", "Published")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")


class Standing(TextChoices):
    """Where someone who registered stands."""

    CONFIRMED = "confirmed", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    NOT_COMING = "not-coming", _("Not coming")


class Audience(TextChoices):
    """Whom an event is for; a class comes through its teacher, who registers."""

    ADULTS = "adults", _("Adults")
    MINORS = "minors", _("Children and teenagers")


class Comes(TextChoices):
    """As what someone comes, where they say it."""

    PARENT = "parent", pgettext_lazy("registration", "Parent")
    PROFESSIONAL = "professional", pgettext_lazy("registration", "Professional")
    OTHER = "other", pgettext_lazy("registration", "Other")
