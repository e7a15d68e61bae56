"""The facts that a line gives for the police. Words, addresses and hashes; never media.

There is no field for a reporter: who reported is not told, only when and how it came in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy
from pydantic import TypeAdapter

from balise.foundation.refusals import Refused
from balise.takedown.law.rules.facts import Certainty, Facts
from balise.takedown.law.rules.items import FACTS, NAMES, Item as Shown
from balise.takedown.notices.rules.letters import Sighting

MIN_RATIONALE = 40
MAX_WORDS = 5_000
MAX_ADDRESS = 65_536
MOST = 500  # of anything: places, items, notices


class FactsRefused(Refused, code="facts-refused"):
    """The police could not work with these facts; the message says what is missing."""


class Mark(TextChoices):
    """What helps an investigator to sort an item, beside what it shows."""

    LIVE_STREAM = "live-stream", gettext_lazy("live broadcast")
    VIOLENCE = "violence", gettext_lazy("violence")
    VIRAL = "viral", gettext_lazy("widely shared")
    MEME = "meme", gettext_lazy("shared as a joke")


class Digest(StrEnum):
    """How a fingerprint was computed."""

    SHA256 = "sha256"
    SHA1 = "sha1"
    MD5 = "md5"
    PDQ = "pdq"

    @property
    def hex_digits(self) -> int:
        return _HEX_DIGITS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is. `address` is the canonical address, or an account's or a chat's name.

    `country` (ISO 3166) and `network` (AS number) are where the host's network is registered, as
    found at `traced_at`; the machine may be elsewhere.
    """

    address: str
    host: str = ""
    ip: str = ""
    country: str = ""
    network: int = 0
    traced_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """A report reached the centre: when, on which way (a code of the line's) and named how."""

    at: datetime
    channel: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A hash of a file, in lower-case hexadecimal."""

    digest: Digest
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One image, video or text among what is there: what it `shows`, in codes, and its hashes."""

    shows: Shown
    described: str = ""
    address: str = ""
    file_name: str = ""
    fingerprints: tuple[Fingerprint, ...] = ()
    marks: tuple[Mark, ...] = ()
    viewed: bool = False
    public: bool = True

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is known of what it shows, as (name, word) for people."""
        codes = {name: words(getattr(self.shows, name)) for name, words in FACTS.items()}
        known = {name: code for name, code in codes.items() if code.value != "unknown"}
        return [(str(NAMES[name]), str(code.label)) for name, code in known.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who published it, as the service shows them: what an investigator asks the service about."""

    service: str
    screen_name: str = ""
    names: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSent:
    """A host was told; `outcome` is a code of the notices', "" while none is known."""

    host: str
    number: str
    sent_at: datetime
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """From which line it comes, and the yes of the person who kept it: said how, in each language.

    `evidence` is the SHA-256 of the .zip that goes with the dossier.
    """

    origin: str
    agreed_at: datetime
    agreed: Mapping[str, str]
    evidence: str
    withheld: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFacts:
    """What one line knows about one content that the police should know.

    `category` is the line's word for it in each language. `facts_on` is the last of the days of the
    facts: the offence is named by its law. `rationale` says in words what is there and why it
    breaks the law.
    """

    line: str
    subject: UUID
    category: Mapping[str, str]
    offence: str
    facts_on: date
    facts_from: date | None = None
    certainty: Certainty = Certainty.EXACT
    # The text that the case has frozen, and the digest of its pack; empty where none is.
    law_text: str = ""
    law_pack: str = ""
    decided_at: datetime
    decided_twice: bool
    # Nothing is decided: someone may be in danger, and `decided_at` is when the police are told.
    before_verdict: bool = False
    rationale: str
    urgent: bool = False
    places: tuple[Place, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    receptions: tuple[Reception, ...] = ()
    items: tuple[Item, ...] = ()
    accounts: tuple[Account, ...] = ()
    notices: tuple[NoticeSent, ...] = ()
    # Where another line handed it over: nobody decided, and the evidence goes with it.
    brought: Brought | None = None

    @property
    def days(self) -> Facts:
        """When it happened, and how sure that is."""
        return Facts(self.facts_on, self.facts_from, self.certainty)

    @property
    def first_received_at(self) -> datetime:
        """When the centre received the first report."""
        return min((one.at for one in self.receptions), default=self.decided_at)

    def to_payload(self) -> dict[str, Any]:
        """Return the facts as JSON values."""
        payload: dict[str, Any] = _FACTS.dump_python(self, mode="json")
        return payload

    @classmethod
    def of_payload(cls, payload: Mapping[str, Any]) -> "DossierFacts":
        """Return the facts that `to_payload` wrote."""
        return _FACTS.validate_python(payload)


_FACTS = TypeAdapter(DossierFacts)


def check_facts(facts: DossierFacts) -> None:
    """Refuse facts that nobody could act on: no place, no reason, or a hash that is none."""
    if not any(place.address.strip() for place in facts.places):
        raise FactsRefused(_("Describe the place: the police look for it there."))
    if len(" ".join(facts.rationale.split())) < MIN_RATIONALE:
        raise FactsRefused(
            _("Describe the content, and why it is illegal, in one or two sentences.")
        )
    parts = (facts.places, facts.receptions, facts.items, facts.accounts, facts.notices)
    if any(len(part) > MOST for part in parts):
        raise FactsRefused(
            _("A police dossier contains at most %(count)d of each.") % {"count": MOST}
        )
    for place in facts.places:
        _check_address(place.address)
    for item in facts.items:
        _check_address(item.address)
        for one in item.fingerprints:
            if not re.fullmatch(rf"[0-9a-f]{{{one.digest.hex_digits}}}", one.value):
                raise FactsRefused(_("A hash has a wrong length or letter."))
    texts = (facts.rationale, *(item.described for item in facts.items))
    if any(len(text) > MAX_WORDS or "base64," in text for text in texts):
        raise FactsRefused(_("Describe in words: a police dossier contains no media."))


def _check_address(address: str) -> None:
    if len(address) > MAX_ADDRESS or address.strip().casefold().startswith("data:"):
        raise FactsRefused(_("Describe in words: a police dossier contains no media."))


_HEX_DIGITS = {Digest.SHA256: 64, Digest.SHA1: 40, Digest.MD5: 32, Digest.PDQ: 64}


# What another line brings for the police: kept by someone themselves, handed over with their yes.
#
# Nothing says whose it is: no name, no case and no conversation. What was agreed to is said in
# codes.


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
