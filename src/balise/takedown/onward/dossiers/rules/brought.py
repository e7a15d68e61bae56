"""What another line brings for the police: kept by someone themselves, handed over with their yes.

Nothing says whose it is: no name, no case and no conversation. What was agreed to is said in codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.takedown.onward.dossiers.rules.facts import FactsRefused, Item

MOST_EVIDENCE = 32 * 1024 * 1024  # octets: with its dossier it is still a package that opens


class EvidenceTooLarge(Refused, code="evidence-too-large"):
    """The evidence is larger than a package may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What goes with the dossier: the paper for people (PDF), and the files as one .zip."""

    paper: bytes
    archive: bytes

    @property
    def sha256(self) -> str:
        """The hash of the .zip."""
        return sha256(self.archive).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a line offers to hand over. `subject` is an id that tells nothing of its own records.

    `agreed` says who said yes and how, in each language; `offence` is what it may be: nobody has
    decided. `withheld` counts the originals that the centre may not take out.
    """

    subject: UUID
    origin: str
    category: Mapping[str, str]
    agreed_at: datetime
    agreed: Mapping[str, str]
    offence: str
    facts_on: date
    place: str
    rationale: str
    urgent: bool
    items: tuple[Item, ...]
    withheld: int
    evidence: Evidence


def check_offer(offer: Offer, *, today: date) -> None:
    """Refuse what holds no item, comes from the future, or is larger than a package may be."""
    if not offer.items:
        raise FactsRefused(_("Choose at least one item."))
    if offer.facts_on > today:
        raise FactsRefused(_("The day of the facts is not in the future."))
    if len(offer.evidence.archive) + len(offer.evidence.paper) > MOST_EVIDENCE:
        raise EvidenceTooLarge(_("These items are too large for one dossier. Choose fewer."))
