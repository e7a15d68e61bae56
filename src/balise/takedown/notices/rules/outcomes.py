"""What came of a notice, in the words of the DSA Transparency Database, and what it leads to.

The codes are those of the database's schema of 1 July 2025 (`decision_visibility`,
`decision_monetary`, `decision_provision`, `decision_account`).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

_VISIBILITY = "DECISION_VISIBILITY_"


class Ends(StrEnum):
    """What an outcome does to its notice: it is obeyed, partly obeyed, refused, or unanswered."""

    OBEYED = "obeyed"
    PARTLY = "partly"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


class Outcome(StrEnum):
    """What came of a notice: the third heading of the report that Article 22(3) of the DSA asks."""

    REMOVED = "removed"
    DISABLED = "disabled"
    ALREADY_GONE = "already-gone"
    GEO_BLOCKED = "geo-blocked"
    DEMOTED = "demoted"
    AGE_RESTRICTED = "age-restricted"
    INTERACTION_RESTRICTED = "interaction-restricted"
    LABELLED = "labelled"
    RESTRICTED = "restricted"
    MONEY_SUSPENDED = "money-suspended"
    MONEY_TERMINATED = "money-terminated"
    SERVICE_PARTLY_SUSPENDED = "service-partly-suspended"
    SERVICE_SUSPENDED = "service-suspended"
    SERVICE_PARTLY_TERMINATED = "service-partly-terminated"
    SERVICE_TERMINATED = "service-terminated"
    ACCOUNT_SUSPENDED = "account-suspended"
    ACCOUNT_TERMINATED = "account-terminated"
    REFUSED = "refused"
    NOT_THEIRS = "not-theirs"
    DUPLICATE = "duplicate"
    NO_ANSWER = "no-answer"

    @property
    def label(self) -> str:
        return str(_MEANS[self].label)

    @property
    def dsa(self) -> str:
        """The database's code; empty where there was no decision that it knows."""
        return _MEANS[self].dsa

    @property
    def ends(self) -> Ends:
        return _MEANS[self].ends

    @property
    def is_gone(self) -> bool:
        """Whether the content is no longer to be seen: removed, disabled, or gone before."""
        return self.ends is Ends.OBEYED

    @property
    def is_decision(self) -> bool:
        """Whether a recipient decided something; silence and an empty place are no decisions."""
        return self not in {Outcome.ALREADY_GONE, Outcome.NO_ANSWER}


class Account(TextChoices):
    """What a recipient decided about the account, beside what it did with the content."""

    UNTOUCHED = "", _("No information about it")
    SUSPENDED = "suspended", _("Suspended")
    TERMINATED = "terminated", pgettext_lazy("notice", "Closed")

    @property
    def dsa(self) -> str:
        """The database's code, or nothing."""
        return f"DECISION_ACCOUNT_{self.name}" if self else ""


class Impediment(TextChoices):
    """Why a host says that it cannot act: the three grounds of article 6-2 of the French LCEN."""

    NONE = "", pgettext_lazy("impediment", "None")
    IMPOSSIBLE = "impossible", _("Impossible (force majeure, or in fact)")
    MANIFEST_ERROR = "manifest-error", _("The notice has an obvious error")
    TOO_LITTLE = "too-little-information", _("The notice does not say enough")


@dataclass(frozen=True, slots=True)
class _Meaning:
    label: Promise
    ends: Ends
    dsa: str = ""


_MEANS = {
    Outcome.REMOVED: _Meaning(
        _("The content was removed"), Ends.OBEYED, f"{_VISIBILITY}CONTENT_REMOVED"
    ),
    Outcome.DISABLED: _Meaning(
        _("Access to it was disabled for everyone"),
        Ends.OBEYED,
        f"{_VISIBILITY}CONTENT_DISABLED",
    ),
    Outcome.ALREADY_GONE: _Meaning(_("It was gone before they checked"), Ends.OBEYED),
    Outcome.GEO_BLOCKED: _Meaning(
        _("It is hidden in some countries"),
        Ends.PARTLY,
        f"{_VISIBILITY}CONTENT_DISABLED",
    ),
    Outcome.DEMOTED: _Meaning(
        _("It is less visible"), Ends.PARTLY, f"{_VISIBILITY}CONTENT_DEMOTED"
    ),
    Outcome.AGE_RESTRICTED: _Meaning(
        _("It is for adults only"),
        Ends.PARTLY,
        f"{_VISIBILITY}CONTENT_AGE_RESTRICTED",
    ),
    Outcome.INTERACTION_RESTRICTED: _Meaning(
        _("Comments or sharing were closed"),
        Ends.PARTLY,
        f"{_VISIBILITY}CONTENT_INTERACTION_RESTRICTED",
    ),
    Outcome.LABELLED: _Meaning(
        _("It carries a warning"), Ends.PARTLY, f"{_VISIBILITY}CONTENT_LABELLED"
    ),
    Outcome.RESTRICTED: _Meaning(
        _("Access was restricted in another way"), Ends.PARTLY, f"{_VISIBILITY}OTHER"
    ),
    Outcome.MONEY_SUSPENDED: _Meaning(
        _("It earns no money for a while"), Ends.PARTLY, "DECISION_MONETARY_SUSPENSION"
    ),
    Outcome.MONEY_TERMINATED: _Meaning(
        _("It no longer earns money"), Ends.PARTLY, "DECISION_MONETARY_TERMINATION"
    ),
    Outcome.SERVICE_PARTLY_SUSPENDED: _Meaning(
        _("Part of the service was suspended"),
        Ends.PARTLY,
        "DECISION_PROVISION_PARTIAL_SUSPENSION",
    ),
    Outcome.SERVICE_SUSPENDED: _Meaning(
        _("The service was suspended"),
        Ends.PARTLY,
        "DECISION_PROVISION_TOTAL_SUSPENSION",
    ),
    Outcome.SERVICE_PARTLY_TERMINATED: _Meaning(
        _("Part of the service was ended"),
        Ends.PARTLY,
        "DECISION_PROVISION_PARTIAL_TERMINATION",
    ),
    Outcome.SERVICE_TERMINATED: _Meaning(
        _("The service was ended"),
        Ends.PARTLY,
        "DECISION_PROVISION_TOTAL_TERMINATION",
    ),
    Outcome.ACCOUNT_SUSPENDED: _Meaning(
        _("The account was suspended"), Ends.PARTLY, "DECISION_ACCOUNT_SUSPENDED"
    ),
    Outcome.ACCOUNT_TERMINATED: _Meaning(
        _("The account was closed"), Ends.PARTLY, "DECISION_ACCOUNT_TERMINATED"
    ),
    Outcome.REFUSED: _Meaning(_("The host refuses to act"), Ends.REFUSED),
    Outcome.NOT_THEIRS: _Meaning(_("Not their responsibility"), Ends.REFUSED),
    Outcome.DUPLICATE: _Meaning(_("The host was already dealing with it"), Ends.PARTLY),
    Outcome.NO_ANSWER: _Meaning(_("No answer received"), Ends.UNANSWERED),
}
