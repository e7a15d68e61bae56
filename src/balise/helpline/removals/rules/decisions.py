"""A platform's decision in the desk's words, and in those that its notice keeps."""

from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import Decision
from balise.takedown.notices.rules.states import Account, Outcome

_OUTCOMES = {
    Decision.REMOVED: Outcome.REMOVED,
    Decision.DISABLED: Outcome.DISABLED,
    Decision.GEO_BLOCKED: Outcome.GEO_BLOCKED,
    Decision.AGE_RESTRICTED: Outcome.AGE_RESTRICTED,
    Decision.INTERACTION_RESTRICTED: Outcome.INTERACTION_RESTRICTED,
    Decision.DEMOTED: Outcome.DEMOTED,
    Decision.LABELLED: Outcome.LABELLED,
    Decision.ACCOUNT_SUSPENDED: Outcome.ACCOUNT_SUSPENDED,
    Decision.ACCOUNT_TERMINATED: Outcome.ACCOUNT_TERMINATED,
    Decision.NO_ACTION: Outcome.REFUSED,
    Decision.ALREADY_GONE: Outcome.ALREADY_GONE,
    Decision.DUPLICATE: Outcome.DUPLICATE,
    Decision.OUT_OF_SCOPE: Outcome.NOT_THEIRS,
    Decision.RESTRICTED: Outcome.RESTRICTED,
}
_DECISIONS = {outcome: decision for decision, outcome in _OUTCOMES.items()}
_ACCOUNTS = {
    Account.SUSPENDED: Decision.ACCOUNT_SUSPENDED,
    Account.TERMINATED: Decision.ACCOUNT_TERMINATED,
}


def outcome_of(decision: Decision) -> Outcome:
    """Return what a notice keeps of a decision."""
    return _OUTCOMES[decision]


def decision_of(outcome: Outcome, *, account: Account, kind: ItemKind) -> Decision | None:
    """Return the decision that an outcome is, or None: silence is none.

    Of an account, what counts is what became of the account. What a platform did to money or to a
    service restricts, and removes nothing.
    """
    if outcome is Outcome.NO_ANSWER:
        return None
    if kind is ItemKind.ACCOUNT and account in _ACCOUNTS:
        return _ACCOUNTS[account]
    return _DECISIONS.get(outcome, Decision.RESTRICTED)
