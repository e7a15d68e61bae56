"""What the partners' door may do with letters of hotlines abroad: it keeps them, and opens none."""

from balise.foundation.grants import ALL, API, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("referrals_exchange_peer", "referrals_exchange_peercard"),
        to=(API,),
        why="It knows whose signature it is.",
        read=ALL,
    ),
    Grant(
        on=("referrals_exchange_arrival", "referrals_exchange_nonce"),
        to=(API,),
        why="It keeps what comes, sealed, once.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("referrals_exchange_letter",),
        to=(API,),
        why="It says which letters of ours were fetched.",
        read=ALL,
        change=("delivered_at", "next_at"),
    ),
    Grant(
        on=("referrals_exchange_transfer",),
        to=(API,),
        why="It says which letters of ours were fetched.",
        read=ALL,
        change=("state", "moved_at", "fault"),
    ),
    Tells(facts=("takedown.letter.arrived", "takedown.transfer.moved"), by=(API,)),
)
