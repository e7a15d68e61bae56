"""What the API's process reads of accounts: whose token it was given."""

from balise.foundation.grants import ALL, API, STAFF, Declared, Grant, Queues

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("accounts_partnerorganisation",),
        to=(API,),
        why="A token is a partner's.",
        read=ALL,
    ),
    Grant(
        on=("accounts_apitoken",),
        to=(API,),
        why="A token is found by its hash, and the day of its last use noted.",
        read=ALL,
        change=("last_used_on",),
    ),
    Grant(
        on=("accounts_account",),
        to=(API,),
        why="Has the partner people who follow their reports?",
        read=("id", "partner_id", "is_active"),
    ),
    Queues(
        job="balise.foundation.accounts.tasks.note_failed_sign_in",
        by=STAFF,
        why="A wrong password is written down later: a known name takes no longer to refuse.",
    ),
)
