"""What a platform decided: an outcome of its notice, and what that means for an item."""

from balise.helpline.removals.rules.requests import ItemKind
from balise.takedown.notices.rules.outcomes import Account, Ends, Outcome

_ACCOUNTS = {
    Account.SUSPENDED: Outcome.ACCOUNT_SUSPENDED,
    Account.TERMINATED: Outcome.ACCOUNT_TERMINATED,
}
# Two are said otherwise to platforms (docs/removals.md) and in figures.
_SAID = {Outcome.REFUSED: "no-action", Outcome.NOT_THEIRS: "out-of-scope"}
# What a platform may be heard to decide, by its word.
WORDS = {
    _SAID.get(one, one.value): one
    for one in (
        *(Outcome.REMOVED, Outcome.DISABLED, Outcome.GEO_BLOCKED, Outcome.AGE_RESTRICTED),
        *(Outcome.INTERACTION_RESTRICTED, Outcome.DEMOTED, Outcome.LABELLED),
        *(Outcome.ACCOUNT_SUSPENDED, Outcome.ACCOUNT_TERMINATED, Outcome.REFUSED),
        *(Outcome.ALREADY_GONE, Outcome.DUPLICATE, Outcome.NOT_THEIRS, Outcome.RESTRICTED),
    )
}


def word_of(decision: Outcome) -> str:
    """Return the word under which a decision is counted."""
    return _SAID.get(decision, decision.value)


def is_gone(decision: Outcome) -> bool:
    """Return whether what was asked for is no longer there, as the platform says."""
    return decision.is_gone or decision in _ACCOUNTS.values()


def refuses(decision: Outcome) -> bool:
    """Return whether the platform does nothing."""
    return decision.ends is Ends.REFUSED


def decision_of(outcome: Outcome, *, account: Account, kind: ItemKind) -> Outcome | None:
    """Return the decision that an outcome is, or None: silence is none.

    Of an account, what counts is what became of the account. What a platform did to money or to a
    service restricts, and removes nothing.
    """
    if outcome is Outcome.NO_ANSWER:
        return None
    if kind is ItemKind.ACCOUNT and account in _ACCOUNTS:
        return _ACCOUNTS[account]
    return outcome if outcome in WORDS.values() else Outcome.RESTRICTED
