"""What a request says: who agreed, what is asked, and whether it is complete."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.tracing.rules.addresses import read_address

LONGEST_WORDS = 3_000
FEWEST_WORDS = 20
READY_AT = 100


class ConsentBy(TextChoices):
    """Who agreed that the centre asks."""

    VICTIM = "victim", gettext_lazy("The young person")
    PARENT = "parent", gettext_lazy("A parent, with the young person")
    ADULT = "adult", gettext_lazy("The person, an adult")


class ItemKind(TextChoices):
    """What is to be removed."""

    CONTENT = "content", gettext_lazy("Content")
    ACCOUNT = "account", gettext_lazy("Account")


class ContentType(TextChoices):
    """The DSA Transparency Database's types of content."""

    TEXT = "text", gettext_lazy("Text")
    IMAGE = "image", gettext_lazy("Picture")
    VIDEO = "video", gettext_lazy("Video")
    AUDIO = "audio", gettext_lazy("Sound")
    SYNTHETIC = "synthetic", gettext_lazy("Made by a machine")
    OTHER = "other", gettext_lazy("Something else")


class Incomplete(Refused):
    """The request does not say what a platform needs to act."""

    code = "removal-incomplete"


class NoConsent(Refused):
    """Nobody agreed: nothing is asked in a young person's name without them."""

    code = "removal-no-consent"


class SameEyes(Refused):
    """A second person looks: this would be the first one again."""

    code = "removal-same-eyes"


class NoChannel(Refused):
    """Nobody at the platform can be told from here."""

    code = "removal-no-channel"


def check_consent(*, agreed: bool) -> None:
    """Refuse a request that nobody agreed to."""
    if not agreed:
        raise NoConsent(_("Ask the young person first: nothing is sent without their agreement."))


def read_url(text: str) -> str:
    """Return an item's canonical address. Refuses (AddressRefused) what is no page of the web."""
    return str(read_address(text.strip()).canonical)


def score(*, url: str, handle: str, kind: ItemKind, words: str) -> int:
    """Return how complete an item is, of 100: address 50, explanation 40, account name 10."""
    has_name = bool(handle) or kind is ItemKind.CONTENT
    return 50 * bool(url) + 40 * (len(words.strip()) >= FEWEST_WORDS) + 10 * has_name


def needs_second_look(kind: ItemKind, *, is_sensitive: bool) -> bool:
    """Return whether a second person looks: an account to close, or speech that may be lawful."""
    return kind is ItemKind.ACCOUNT or is_sensitive


def check_other_eyes(*, asked_by: str, by: str) -> None:
    """Refuse that whoever asked is the second person too."""
    if asked_by == by:
        raise SameEyes(_("Someone else must take the second look."))
