"""What the public door may do: follow the module and count it."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_training_keptpath",),
        to=(PUBLIC,),
        why="Six words open a path, which each answer changes. Nothing in it says who it is.",
        read=("id", "index", "told", "changed_at"),
        add=True,
        change=("index", "told", "changed_at"),
    ),
    Grant(
        on=("network_training_once",),
        to=(PUBLIC,),
        why="What is counted of a path is counted once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("network_training_daytally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "what", "times", "total"),
        add=True,
        change=("times", "total"),
    ),
    Grant(
        on=("network_training_badge",),
        to=(PUBLIC,),
        why="Someone asks for a badge, and whoever has its address sees it; a worker signs it.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("network_training_standing",),
        to=(PUBLIC,),
        why="Anyone reads which badges are revoked.",
        read=ALL,
    ),
    Tells(facts=("awareness.badge.asked",), by=(PUBLIC,)),
)
