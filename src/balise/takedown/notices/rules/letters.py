"""What a notice says, and whether it holds the four elements of Article 16(2) of the DSA.

Only a notice that is complete obliges the host (Regulation (EU) 2022/2065, Article 16(3)); one that
is not is never sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.law.rules import Offence
from balise.takedown.notices.rules.completeness import (
    Element,
    Score,
    Stated,
    Statement,
    completeness,
)
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

# How the centre knows that a content was there: one of its own saw it, or somebody said so.
#
# A notice says “seen there” of a sighting alone: an analyst or a listener who looked, or the
# watch that found it online. What was only reported is said to be reported.


class SeenBy(TextChoices):
    """Who saw the content where it is, or said that it is there.

    `ANALYST` and `REPORTER` without more are of letters and dossiers of before, and of a line that
    knows that nobody opened it: they stay as they were sent. Of `REPORTED`, nothing else is said.
    """

    REPORTED = "reported", pgettext_lazy("sighting", "Reported to the centre")
    REPORTER = "reporter", pgettext_lazy("sighting", "Reported to the centre")
    LOOKED = "looked", pgettext_lazy("sighting", "Seen by the centre")
    ANALYST = "analyst", pgettext_lazy("sighting", "Opened by the centre")
    WATCH = "watch", pgettext_lazy("sighting", "Found online by the centre’s monitoring")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A content was there at a moment, by whom. By a reporter, it is when they told the centre."""

    at: datetime
    by: SeenBy

    @property
    def is_ours(self) -> bool:
        """Whether the centre saw it, itself or by its watch."""
        return self.by not in {SeenBy.REPORTED, SeenBy.REPORTER}


MAX_LOCATIONS = 200
MAX_WORDS = 5_000


class NoticeIncomplete(Refused, code="notice-incomplete"):
    """An element that the law asks for is missing; the message says which."""


class LocationRefused(Refused, code="location-refused"):
    """A location is no address that a host could find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What an analyst puts into a notice; the law, the sender and the form are added to it.

    `explanation` says what is there and why it is illegal, in words; `details` helps the host to
    find it (an account, a time code). `sighting` is how the centre knows that it was there, last.
    """

    locations: tuple[str, ...]
    explanation: str
    details: str = ""
    sighting: Sighting
    in_good_faith: bool = False
    names_notifier: bool = True

    def to_payload(self) -> dict[str, Any]:
        """Return the letter as it is sealed."""
        return {
            "locations": list(self.locations),
            "explanation": self.explanation,
            "details": self.details,
            "seen_at": self.sighting.at.isoformat(),
            "seen_by": self.sighting.by.value,
            "in_good_faith": self.in_good_faith,
            "names_notifier": self.names_notifier,
        }

    @classmethod
    def of_payload(cls, payload: Mapping[str, Any]) -> Self:
        """Return the letter that was sealed.

        One that does not say who saw it was sent as seen: it is shown as it was sent.
        """
        return cls(
            locations=tuple(payload["locations"]),
            explanation=payload["explanation"],
            details=payload["details"],
            sighting=Sighting(
                at=datetime.fromisoformat(payload["seen_at"]),
                by=SeenBy(payload.get("seen_by", SeenBy.ANALYST)),
            ),
            in_good_faith=payload["in_good_faith"],
            names_notifier=payload["names_notifier"],
        )


def elements(
    letter: Letter, *, offence: Offence, notifier: str, notifier_email: str
) -> tuple[Element, ...]:
    """Return the four elements of Article 16(2), (a) to (d), each with what is missing of it."""
    return score(letter, offence=offence, notifier=notifier, notifier_email=notifier_email).elements


def score(letter: Letter, *, offence: Offence, notifier: str, notifier_email: str) -> Score:
    """Return how complete a letter is to Article 16(2).

    The notifier (c) is the organisation. It may be left out only for offences of Articles 3 to 7 of
    Directive 2011/93/EU (`Offence.notifier_optional`).
    """
    return completeness(
        Stated(
            explanation=letter.explanation,
            article=str(offence.article),
            locations=letter.locations,
            name=notifier if letter.names_notifier else "",
            email=notifier_email if letter.names_notifier else "",
            statement=Statement.GOOD_FAITH if letter.in_good_faith else Statement.NONE,
            is_hearsay=not letter.sighting.is_ours,
            may_omit_notifier=offence.notifier_optional and not letter.names_notifier,
        )
    )


def check_complete(found: tuple[Element, ...]) -> None:
    """Refuse a notice that lacks an element, and say which."""
    missing = [element.says for element in found if not element.is_met]
    if missing:
        raise NoticeIncomplete(" ".join(missing))


def read_locations(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return exact locations in canonical form, each once, in order; refuse what is no address."""
    if len(lines) > MAX_LOCATIONS:
        raise LocationRefused(
            _("At most %(count)d locations fit in one notice.") % {"count": MAX_LOCATIONS}
        )
    try:
        return tuple(dict.fromkeys(read_address(line).canonical for line in lines))
    except AddressRefused as refusal:
        raise LocationRefused(refusal.message) from None


def number_of(notice_id: UUID) -> str:
    """Return the short number under which people speak of a notice: `N-1A2B3C4D`."""
    return f"N-{notice_id.hex[:8].upper()}"


def message_id(notice_id: UUID, *, reminder: bool = False) -> str:
    """Return what stands before the @ in a Message-ID: the same for the same mail, always."""
    return f"{'reminder' if reminder else 'notice'}.{notice_id}"
