"""What a request says: who agreed, what is asked, and whether it is complete."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.law.rules import Facts, Offence
from balise.takedown.notices.rules.outcomes import Account, Ends, Outcome
from balise.takedown.tracing.rules.addresses import read_address

LONGEST_WORDS = 3_000
LONGEST_HANDLE = 120
FEWEST_WORDS = 20


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
    SYNTHETIC = "synthetic", gettext_lazy("Made with AI")
    OTHER = "other", gettext_lazy("Something else")


class Incomplete(Refused, code="removal-incomplete"):
    """The request does not say what a platform needs to act."""


class NoConsent(Refused, code="removal-no-consent"):
    """Nobody agreed: nothing is asked in a young person's name without them."""


class SameEyes(Refused, code="removal-same-eyes"):
    """A second person looks: this would be the first one again."""


class NeedsSecondLook(Refused, code="removal-needs-second-look"):
    """An account to close, or words that may be lawful: a second person looks first."""


class HotlinesOwn(Refused, code="removal-hotlines-own"):
    """It may be the sexual abuse of a child: the hotline's, never a notice from here."""


class NoChannel(Refused, code="removal-no-channel"):
    """Nobody at the platform can be told from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a listener writes of one thing to remove. `url` is as it was typed.

    `offence` is a code of the law's pack, in the text of the day of the `facts`; `shows_abuse` says
    that it may show the sexual abuse of a child: then it is the hotline's, and nothing else of it
    is kept.
    """

    kind: ItemKind
    content_type: ContentType
    offence: str
    url: str
    facts: Facts
    handle: str = ""
    words: str = ""
    is_sensitive: bool = False
    shows_abuse: bool = False


def may_be_minor(consent: ConsentBy) -> bool:
    """Return whether who is hurt may be a minor: nobody said that they are an adult."""
    return consent is not ConsentBy.ADULT


class Part(TextChoices):
    """The parts that a complete item has, with what each counts of 100."""

    URL = "url", gettext_lazy("Exact address")
    WORDS = "words", gettext_lazy("Describe the content and the harm, in 20 characters or more")
    HANDLE = "handle", gettext_lazy("The account’s name")


_ABUSE = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"
_COUNTS = {Part.URL: 50, Part.WORDS: 40, Part.HANDLE: 10}


def is_hotlines_own(offence: Offence) -> bool:
    """Return whether an offence is about images of child sexual abuse."""
    return any(keyword.startswith(_ABUSE) for keyword in offence.dsa_keywords)


def check_ours(offence: Offence, *, about_minor: bool) -> None:
    """Refuse what only the hotline deals with: so are intimate pictures where a minor asks."""
    if is_hotlines_own(offence.about_minor() if about_minor else offence):
        raise HotlinesOwn(_("This is for the hotline: send it the address, nothing else."))


def check_consent(*, agreed: bool) -> None:
    """Refuse a request that nobody agreed to."""
    if not agreed:
        raise NoConsent(_("Ask the young person first: nothing is sent without their agreement."))


def check_has_address(url: str) -> None:
    """Refuse what the hotline could not find."""
    if not url:
        raise Incomplete(_("The hotline needs an address. A name alone is for the police."))


def read_url(text: str) -> str:
    """Return an item's canonical address. Refuses (AddressRefused) what is no page of the web."""
    return str(read_address(text.strip()).canonical)


def missing(*, url: str, handle: str, kind: ItemKind, words: str) -> tuple[Part, ...]:
    """Return what an item still lacks; an account is also named."""
    has = {
        Part.URL: bool(url),
        Part.WORDS: len(words.strip()) >= FEWEST_WORDS,
        Part.HANDLE: bool(handle) or kind is ItemKind.CONTENT,
    }
    return tuple(part for part in Part if not has[part])


def score(*, url: str, handle: str, kind: ItemKind, words: str) -> int:
    """Return how complete an item is, of 100: address 50, explanation 40, account name 10."""
    lacks = missing(url=url, handle=handle, kind=kind, words=words)
    return sum(count for part, count in _COUNTS.items() if part not in lacks)


def check_complete(lacks: Sequence[Part]) -> None:
    """Refuse an item that lacks something, and say what."""
    if lacks:
        says = _("Still missing: %(parts)s.")
        raise Incomplete(says % {"parts": ", ".join(str(part.label) for part in lacks)})


def needs_second_look(kind: ItemKind, *, is_sensitive: bool) -> bool:
    """Return whether a second person looks: an account to close, or speech that may be lawful."""
    return kind is ItemKind.ACCOUNT or is_sensitive


def check_other_eyes(*, asked_by: str, by: str) -> None:
    """Refuse that whoever asked is the second person too."""
    if asked_by == by:
        raise SameEyes(_("Someone else must do the second review."))


# What a platform decided: an outcome of its notice, and what that means for an item.


_ACCOUNTS = {
    Account.SUSPENDED: Outcome.ACCOUNT_SUSPENDED,
    Account.TERMINATED: Outcome.ACCOUNT_TERMINATED,
}
# Two are said otherwise to platforms (docs/removals.md) and in figures.
_SAID = {Outcome.REFUSED: "no-action", Outcome.NOT_THEIRS: "out-of-scope"}
# What a platform may be heard to decide, by its word.
WORDS = {
    _SAID.get(one, one.value): one
    for one in (
        *(Outcome.REMOVED, Outcome.DISABLED, Outcome.GEO_BLOCKED, Outcome.AGE_RESTRICTED),
        *(Outcome.INTERACTION_RESTRICTED, Outcome.DEMOTED, Outcome.LABELLED),
        *(Outcome.ACCOUNT_SUSPENDED, Outcome.ACCOUNT_TERMINATED, Outcome.REFUSED),
        *(Outcome.ALREADY_GONE, Outcome.DUPLICATE, Outcome.NOT_THEIRS, Outcome.RESTRICTED),
    )
}


def word_of(decision: Outcome) -> str:
    """Return the word under which a decision is counted."""
    return _SAID.get(decision, decision.value)


def is_gone(decision: Outcome) -> bool:
    """Return whether what was asked for is no longer there, as the platform says."""
    return decision.is_gone or decision in _ACCOUNTS.values()


def refuses(decision: Outcome) -> bool:
    """Return whether the platform does nothing."""
    return decision.ends is Ends.REFUSED


def decision_of(outcome: Outcome, *, account: Account, kind: ItemKind) -> Outcome | None:
    """Return the decision that an outcome is, or None: silence is none.

    Of an account, what counts is what became of the account. What a platform did to money or to a
    service restricts, and removes nothing.
    """
    if outcome is Outcome.NO_ANSWER:
        return None
    if kind is ItemKind.ACCOUNT and account in _ACCOUNTS:
        return _ACCOUNTS[account]
    return outcome if outcome in WORDS.values() else Outcome.RESTRICTED
