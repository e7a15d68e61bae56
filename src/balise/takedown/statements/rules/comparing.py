"""What a host said of a notice, compared with what the monitoring sees."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.takedown.notices.rules.outcomes import Account, Outcome

# Of the DSA Transparency Database: nobody sees the content any more.
GONE_DECISIONS = frozenset(
    {"DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED"}
)
# Of a notice: the host says that it is gone, or that it will not act.
_ACCEPTED = frozenset({"removed", "disabled"})
_REFUSED = frozenset({"refused"})


class Seen(TextChoices):
    """What the watch knows of a content."""

    UNWATCHED = "", _("Not monitored")
    UNKNOWN = "unknown", _("Unknown")
    ONLINE = "online", _("Still there")
    GONE = "gone", _("Gone")


class Contradicts(TextChoices):
    """How word and fact differ."""

    REFUSED_BUT_GONE = "refused-but-gone", _("Refused, but gone")
    ACCEPTED_BUT_THERE = "accepted-but-there", _("Accepted, but still there")


def decided(decisions: Iterable[str]) -> list[str]:
    """Return decisions of the database in words, each once; an unknown code stays as it is."""
    words = {outcome.dsa: str(outcome.label) for outcome in reversed(Outcome)}
    words |= {account.dsa: str(account.label) for account in Account}
    return list(dict.fromkeys(words.get(code, code) for code in decisions))


def contradiction(*, outcome: str, decisions: Iterable[str], seen: Seen) -> Contradicts | None:
    """Return how a host's word and the watch differ; None where they agree or nothing is known.

    `outcome` is what our notice has, `decisions` what confirmed statements say.
    """
    accepted = outcome in _ACCEPTED or not GONE_DECISIONS.isdisjoint(decisions)
    if accepted and seen is Seen.ONLINE:
        return Contradicts.ACCEPTED_BUT_THERE
    if outcome in _REFUSED and not accepted and seen is Seen.GONE:
        return Contradicts.REFUSED_BUT_GONE
    return None
