"""What a notice says, and whether it holds the four elements of Article 16(2) of the DSA.

Only a notice that is complete obliges the host (Regulation (EU) 2022/2065, Article 16(3)); one that
is not is never sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.takedown.law.rules import Offence
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

MAX_LOCATIONS = 200
MAX_WORDS = 5_000
# Shorter than a sentence, an explanation is not “sufficiently substantiated”.
MIN_EXPLANATION = 40


class NoticeIncomplete(Refused):
    """An element that the law asks for is missing; the message says which."""

    code = "notice-incomplete"


class LocationRefused(Refused):
    """A location is no address that a host could find."""

    code = "location-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What an analyst puts into a notice; the law, the sender and the form are added to it.

    `explanation` says what is there and why it is illegal, in words; `details` helps the host to
    find it (an account, a time code). `seen_at` is when someone last saw it there.
    """

    locations: tuple[str, ...]
    explanation: str
    details: str = ""
    seen_at: datetime
    in_good_faith: bool = False
    names_notifier: bool = True

    def to_payload(self) -> dict[str, Any]:
        """Return the letter as it is sealed."""
        return {
            "locations": list(self.locations),
            "explanation": self.explanation,
            "details": self.details,
            "seen_at": self.seen_at.isoformat(),
            "in_good_faith": self.in_good_faith,
            "names_notifier": self.names_notifier,
        }

    @classmethod
    def of_payload(cls, payload: Mapping[str, Any]) -> Self:
        """Return the letter that was sealed."""
        return cls(
            locations=tuple(payload["locations"]),
            explanation=payload["explanation"],
            details=payload["details"],
            seen_at=datetime.fromisoformat(payload["seen_at"]),
            in_good_faith=payload["in_good_faith"],
            names_notifier=payload["names_notifier"],
        )


@dataclass(frozen=True, slots=True)
class Element:
    """One of the four elements: its letter in Article 16(2), whether it is there, and why not."""

    letter: str
    name: str
    is_met: bool
    says: str


def elements(
    letter: Letter, *, offence: Offence, notifier: str, notifier_email: str
) -> tuple[Element, ...]:
    """Return the four elements of Article 16(2), (a) to (d), each with what is missing of it.

    The notifier (c) is the organisation. It may be left out only for offences of Articles 3 to 7 of
    Directive 2011/93/EU (`Offence.notifier_optional`).
    """
    return (
        _explanation(letter, offence),
        _location(letter),
        _notifier(letter, offence, notifier, notifier_email),
        _good_faith(letter),
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


def _explanation(letter: Letter, offence: Offence) -> Element:
    words = " ".join(letter.explanation.split())
    if len(words) < MIN_EXPLANATION:
        says = _("Say in a sentence or two what is there, and why it is illegal.")
    else:
        says = _("The offence (%(article)s) and the facts are named.") % {
            "article": offence.article
        }
    return Element("a", _("Why it is illegal"), len(words) >= MIN_EXPLANATION, says)


def _location(letter: Letter) -> Element:
    try:
        is_met = bool(read_locations(letter.locations))
    except LocationRefused:
        is_met = False
    says = (
        _("Each place is given by its exact address.")
        if is_met
        else _("Give the exact address of each page, image or video.")
    )
    return Element("b", _("Where it is"), is_met, says)


def _notifier(letter: Letter, offence: Offence, name: str, email: str) -> Element:
    title = _("Who notifies")
    if letter.names_notifier:
        is_met = bool(name and email)
        says = (
            _("The centre's name and e-mail address are given.")
            if is_met
            else _("The centre's name and e-mail address are missing from its settings.")
        )
        return Element("c", title, is_met, says)
    if offence.notifier_optional:
        says = _("Left out, as the law allows for sexual offences against children.")
        return Element("c", title, True, says)
    says = _("Only a notice of a sexual offence against a child may leave out who notifies.")
    return Element("c", title, False, says)


def _good_faith(letter: Letter) -> Element:
    says = (
        _("It is stated that the notice is accurate and complete, in good faith.")
        if letter.in_good_faith
        else _("Confirm that you believe, in good faith, that the notice is accurate and complete.")
    )
    return Element("d", _("Good faith"), letter.in_good_faith, says)
