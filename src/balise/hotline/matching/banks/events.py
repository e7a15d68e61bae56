"""What happened to banks: ids, codes and numbers, never a hash. The subject is often the bank."""

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from balise.foundation.journal.events import Code, Event
from balise.hotline.matching.banks.rules.deciding import Hit, Opinion, Rule

INDEX: Final = uuid5(NAMESPACE_URL, "urn:balise:hotline:index")  # the subject of its own events


class BankAdded(Event, name="hotline.bank.added"):
    """A bank was made; the subject is the bank."""

    distance: int
    is_negative: bool


class BankChanged(Event, name="hotline.bank.changed"):
    """A bank's distance, or whether it is asked, was changed."""

    distance: int
    is_negative: bool
    is_on: bool


class BankExported(Event, name="hotline.bank.exported"):
    """A bank was taken out of the centre."""

    many: int


class EntryAdded(Event, name="hotline.entry.added"):
    """Entries were added to the bank, in one go: those numbered from `first` to `last`."""

    first: int
    last: int
    many: int


class EntryWithdrawn(Event, name="hotline.entry.withdrawn"):
    """An entry of the bank was withdrawn: it is never asked again."""

    entry: int


class EntryHeld(Event, name="hotline.entry.held"):
    """An entry of the bank was stopped, until someone has asked what is wrong with it."""

    entry: int


class EntryReleased(Event, name="hotline.entry.released"):
    """An entry of the bank that was held or in quarantine is asked again, and decides."""

    entry: int


class OpinionSet(Event, name="hotline.entry.opinion-set"):
    """Someone changed what the bank thinks of an entry."""

    entry: int
    opinion: Opinion


class HashQuarantined(Event, name="hotline.entry.quarantined"):
    """An entry of the bank matched more than its past explains: a person reviews it."""

    entry: int
    many: int


class MatchFound(Event, name="hotline.match.found"):
    """What a handle stands for matches an entry. The subject is the handle.

    `is_late` where the entry came after the content: it was found among what was seen lately.
    """

    entry: int
    bank: Code
    distance: int
    turn: int
    rule: Rule
    is_late: bool


class LookUpMade(Event, name="hotline.look-up.made"):
    """Someone asked; the subject is the look-up."""

    hits: int


class LookUpsLogged(Event, name="hotline.look-up.logged"):
    """A partner asked so many times since the last such entry; the subject is the partner."""

    many: int


class LookUpPartial(Event, name="hotline.look-up.partial"):
    """Part of the index did not answer: this is never "no match". The subject is the look-up."""

    missing: int


class IndexRebuilt(Event, name="hotline.index.rebuilt"):
    """The index was refused, and made again of so many hashes; `why` is the code of the reason."""

    why: Code
    many: int


class LookUpReviewed(Event, name="hotline.look-up.reviewed"):
    """Someone read why a look-up matched or not, or asked it again as of its day."""

    handle: UUID | None


def match_of(handle: UUID, hit: Hit, rule: Rule, *, is_late: bool) -> MatchFound:
    """Return the fact that what a handle stands for is known, by this hit and rule."""
    return MatchFound(
        subject=handle,
        entry=hit.entry,
        bank=Code(hit.bank),
        distance=hit.distance,
        turn=hit.turn,
        rule=rule,
        is_late=is_late,
    )
