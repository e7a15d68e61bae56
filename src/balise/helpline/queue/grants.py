"""What the public and an exchange may do with the queue: wait, wait more urgently, and leave."""

from balise.foundation.grants import ALL, API, APP, PBX, PUBLIC, Declared, Grant, Tells

_LEAVES = ("state", "held_by", "ended_at")
_RISES = ("risk", "risk_from", "highest", "rank", "turn_at")
# Said again, its end is no longer proposed.
_ANEW = ("proposed_by", "proposed_at", "outcome", "risk_now", "ending")

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_queue_item",),
        to=(PUBLIC, PBX),
        why="Who talks, writes or calls waits in line; words of danger bring them forward.",
        read=ALL,
        add=True,
        change=(*_LEAVES, *_RISES),
    ),
    Grant(
        on=("helpline_queue_danger",),
        to=(PUBLIC, PBX),
        why="Who says that they are not safe is in danger until two people agree that it is over.",
        read=ALL,
        add=True,
        change=("item", "subject", "confirmed_by", *_ANEW),
    ),
    Grant(
        on=("helpline_queue_seat",),
        to=(PUBLIC, PBX),
        why="Who waits is told how many answer; a call rings where someone is seated.",
        read=ALL,
    ),
    Grant(
        on=("helpline_queue_item",),
        to=(APP,),
        why="The app says how long one waits: how many are there, and never who.",
        read=("id", "kind", "rank", "state", "held_by", "first_held_at", "ended_at"),
    ),
    Grant(
        on=("helpline_queue_danger",),
        to=(APP,),
        why="Who stays with a danger takes nobody else.",
        read=("id", "item", "ended_at", "proposed_by"),
    ),
    Grant(
        on=("helpline_queue_seat",),
        to=(APP,),
        why="The app says how long one waits: how many answer.",
        read=ALL,
    ),
    Grant(
        on=("helpline_queue_wordsedit",),
        to=(PUBLIC, PBX),
        why="What is written is read with the edits of the words of danger that are in force.",
        read=("language", "concept", "added", "removed", "decided_at", "is_approved", "id"),
    ),
    Tells(
        facts=(
            "helpline.item.queued",
            "helpline.item.risk-judged",
            "helpline.item.withdrawn",
            "helpline.danger.declared",
            "helpline.danger.confirmed",
        ),
        by=(PUBLIC, API, PBX),
    ),
)
