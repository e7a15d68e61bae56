"""What happened with charters; never which family, and nothing that one wrote."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class ChartersCounted(Event, name="awareness.charter.counted"):
    """So many families did something on a day, as they agreed to tell; `band` is of children."""

    day: date
    what: Code
    band: Code
    families: int


class RulesCounted(Event, name="awareness.charter.rules-counted"):
    """So many families chose, or still keep, a rule of the bank, as they agreed to tell."""

    day: date
    of: Code
    practice: Code
    band: Code
    families: int


class PracticeWritten(Event, name="awareness.practice.written"):
    """The centre changed or added a practice; the subject is the version."""

    practice: Code
    number: int


class PracticeWithdrawn(Event, name="awareness.practice.withdrawn"):
    """A practice is not offered any more; the subject is the version."""

    practice: Code
    number: int


class PracticeRestored(Event, name="awareness.practice.restored"):
    """A practice is offered again; the subject is the version."""

    practice: Code
    number: int


class ChallengesAsked(Event, name="awareness.challenges.asked"):
    """Someone left an address for six weekly challenges; the subject is the address."""


class ChallengesConfirmed(Event, name="awareness.challenges.confirmed"):
    """The address is theirs: they answered from it."""


class ChallengesLeft(Event, name="awareness.challenges.left"):
    """They do not want the challenges any more: their address goes."""


class ChallengeSent(Event, name="awareness.challenges.sent"):
    """A challenge left; the subject is the address."""

    number: int
