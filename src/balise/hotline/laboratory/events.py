"""What happened in the laboratory: ids, codes and numbers; never a hash, a word or an address."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event


class DraftSaved(Event, name="hotline.laboratory.saved"):
    """Someone stopped with a code; the subject is the case. Nothing is on a list."""


class CaseSent(Event, name="hotline.laboratory.sent"):
    """Someone sent fingerprints; `hashes` counts a picture once, a clip by its frames."""

    hashes: int
    pictures: int
    clips: int
    threat: bool


class ItemBanked(Event, name="hotline.laboratory.banked"):
    """A fingerprint is on the list; the subject is the item."""

    case: UUID
    kind: Code


class WithdrawalAsked(Event, name="hotline.laboratory.withdrawal-asked"):
    """The bearer of the code takes a fingerprint back; the subject is the item."""

    case: UUID


class ItemWithdrawn(Event, name="hotline.laboratory.withdrawn"):
    """A fingerprint is off the list, and each partner hears it; the subject is the item."""

    case: UUID
    kind: Code


class CaseEnded(Event, name="hotline.laboratory.ended"):
    """Nothing of a case is on a list any longer; the subject is the case."""


class DisputeOpened(Event, name="hotline.laboratory.disputed"):
    """A fingerprint was stopped because someone says it should not be there; then we ask."""

    item: UUID
    ground: Code
    source: Code


class DisputeAnswered(Event, name="hotline.laboratory.dispute-answered"):
    """The bearer of the code answered; the subject is the dispute."""

    item: UUID


class DisputeSettled(Event, name="hotline.laboratory.dispute-settled"):
    """Someone of the team decided; the subject is the dispute."""

    item: UUID
    outcome: Code


class PartnerAnswered(Event, name="hotline.laboratory.partner-answered"):
    """A partner said what became of a fingerprint; `turn` is how a copy was turned, if one hit."""

    case: UUID
    answer: Code
    turn: Code


class FirstBlocked(Event, name="hotline.laboratory.first-blocked"):
    """A partner blocked a copy, the first of this case, so many seconds after it was sent."""

    seconds: int
    band: Code
