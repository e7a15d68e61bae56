"""What is said of a badge that someone shows: a verdict, and the reason in words. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

LONGEST: Final = 512_000  # octets of a badge that is read


class Verdict(TextChoices):
    """What a badge is."""

    VALID = "valid", pgettext_lazy("badge", "Valid")
    EXPIRED = "expired", pgettext_lazy("badge", "Expired")
    REVOKED = "revoked", pgettext_lazy("badge", "Revoked")
    UNREADABLE = "unreadable", pgettext_lazy("badge", "Unreadable")
    NOT_OURS = "not-ours", pgettext_lazy("badge", "Not ours")


class Reason(TextChoices):
    """Why it is so."""

    SIGNED = "signed", _("Its signature is right, it is not revoked and has not expired.")
    PAST = "past", _("Its last day is over. The module can be followed again.")
    REVOKED = "revoked", _("We have revoked it since. It is worth nothing any longer.")
    TOO_LONG = "too-long", _("The file is too large to be a badge of ours.")
    EMPTY = "empty", _("There is nothing to read. Choose a file, or paste the text of one.")
    NO_BADGE = "no-badge", _("The picture has no badge in it.")
    NOT_JSON = "not-json", _("It is neither a picture (SVG) nor the text (JSON) of a badge.")
    NO_CREDENTIAL = "no-credential", _("It has not what a badge must have: who signed, and when.")
    DATE_WITHOUT_ZONE = "date-without-zone", _("One of its dates does not say its time zone.")
    TOO_HEAVY = "too-heavy", _("It cannot be read within our limits.")
    OTHER_ISSUER = "other-issuer", _("Another organisation signed it. Ask that organisation.")
    OTHER_PROOF = "other-proof", _("It is signed in a way that we do not use.")
    UNKNOWN_KEY = "unknown-key", _("It says that we signed it, with a key that is not ours.")
    CHANGED = "changed", _("It was changed after it was signed, or we did not sign it.")
    NOT_REGISTERED = "not-registered", _("We signed it, and do not find it. Ask us.")
    NOT_YET = "not-yet", _("Its first day is still to come.")


VERDICTS: Final = {
    Reason.SIGNED: Verdict.VALID,
    Reason.PAST: Verdict.EXPIRED,
    Reason.REVOKED: Verdict.REVOKED,
    **dict.fromkeys(
        (
            Reason.OTHER_ISSUER,
            Reason.OTHER_PROOF,
            Reason.UNKNOWN_KEY,
            Reason.CHANGED,
            Reason.NOT_REGISTERED,
        ),
        Verdict.NOT_OURS,
    ),
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a badge says, once its signature is right; `until` is the end of its last day."""

    id: UUID
    name: str
    criteria: str
    since: datetime
    until: datetime

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Read":
        """Return what the child read."""
        since, until = (datetime.fromisoformat(told[name]) for name in ("since", "until"))
        return cls(UUID(told["id"]), told["name"], told["criteria"], since, until)

    def told(self) -> dict[str, Any]:
        """Return what `of` takes."""
        return {
            "id": self.id.urn,
            "name": self.name,
            "criteria": self.criteria,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Verified:
    """What is said of a badge; what it says itself is there where its signature is right."""

    reason: Reason
    badge: Read | None = None

    @property
    def verdict(self) -> Verdict:
        """Return the verdict that the reason makes."""
        return VERDICTS.get(self.reason, Verdict.UNREADABLE)

    def told(self) -> dict[str, Any]:
        """Return what `of` takes: for the address of the page that says it."""
        return {"reason": self.reason.value, "badge": self.badge.told() if self.badge else None}

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Verified":
        """Return what `told` wrote."""
        badge = told["badge"]
        return cls(Reason(told["reason"]), Read.of(badge) if badge else None)
