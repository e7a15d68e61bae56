"""What a host said of a notice, compared with what the monitoring sees."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from balise.takedown.notices.rules.outcomes import Account, Outcome

# Of the DSA Transparency Database: nobody sees the content any more.
GONE_DECISIONS = frozenset(
    {"DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED"}
)
# Of a notice: the host says that it is gone, or that it will not act.
_ACCEPTED = frozenset({"removed", "disabled"})
_REFUSED = frozenset({"refused"})


class Seen(StrEnum):
    """What the watch knows of a content."""

    UNWATCHED = ""
    UNKNOWN = "unknown"
    ONLINE = "online"
    GONE = "gone"

    @property
    def label(self) -> str:
        return str(_SEEN[self])


class Contradicts(StrEnum):
    """How word and fact differ."""

    REFUSED_BUT_GONE = "refused-but-gone"
    ACCEPTED_BUT_THERE = "accepted-but-there"

    @property
    def label(self) -> str:
        return str(_CONTRADICTS[self])


def decided(decisions: Iterable[str]) -> list[str]:
    """Return decisions of the database in words, each once; an unknown code stays as it is."""
    words = {outcome.dsa: outcome.label for outcome in reversed(Outcome)}
    words |= {account.dsa: account.label for account in Account}
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


_SEEN: dict[Seen, Promise] = {
    Seen.UNWATCHED: gettext_lazy("Not monitored"),
    Seen.UNKNOWN: gettext_lazy("Unknown"),
    Seen.ONLINE: gettext_lazy("Still there"),
    Seen.GONE: gettext_lazy("Gone"),
}
_CONTRADICTS: dict[Contradicts, Promise] = {
    Contradicts.REFUSED_BUT_GONE: gettext_lazy("Refused, but gone"),
    Contradicts.ACCEPTED_BUT_THERE: gettext_lazy("Accepted, but still there"),
}
