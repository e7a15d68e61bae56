"""What the partners' door may do with accounts: know whose token it is given."""

from balise.foundation.grants import ALL, API, Declared, Grant

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
)
