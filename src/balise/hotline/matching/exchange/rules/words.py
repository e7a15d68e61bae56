"""The words of the exchange: what partners answer, what they are told to do, why one is cut off."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Replied(TextChoices):
    """What a partner says of an entry."""

    RECEIVED = "received", pgettext_lazy("partner’s answer", "received")
    BLOCKED = "blocked", pgettext_lazy("partner’s answer", "blocked")
    NOT_FOUND = "not-found", pgettext_lazy("partner’s answer", "not found")
    WITHDRAWN = "withdrawn", pgettext_lazy("partner’s answer", "withdrawn")


class Todo(StrEnum):
    """What a partner that asks is told to do. These words are part of our API."""

    NOTHING = "nothing"
    BLOCK = "block"
    REVIEW = "review"
    ASK_AGAIN = "ask-again"  # not all of the index answered: never "no"


class CutOff(TextChoices):
    """Why a partner was cut off by itself."""

    PLANTED = "planted", pgettext_lazy("cut off", "It asked about an entry that no picture has")
    PROBING = "probing", pgettext_lazy("cut off", "It asked too often about one picture")
    INVENTED = "invented", pgettext_lazy("cut off", "It blocked an entry that no picture has")


class Vote(TextChoices):
    """What we say to a source of an entry of its list, once a person has decided."""

    AGREES = "agrees", pgettext_lazy("vote", "It agrees")
    DISAGREES = "disagrees", pgettext_lazy("vote", "It disagrees")


class Fault(TextChoices):
    """What is wrong with a page, or with a source."""

    UNREADABLE = "unreadable", pgettext_lazy("hash source", "The page could not be read")
    ENTRIES = "entries", pgettext_lazy("hash source", "Some entries could not be read")
    REFUSED = "refused", pgettext_lazy("hash source", "It refuses us")
    SILENT = "silent", pgettext_lazy("hash source", "It did not answer")
    EXPIRED = "expired", pgettext_lazy("hash source", "Its links expire before the list ends")
    ENDLESS = "endless", pgettext_lazy("hash source", "Its list does not end")
