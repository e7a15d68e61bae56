"""What the public door may do: show an edition to who has its link, hear who confirms or leaves."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_trends_briefing",),
        to=(PUBLIC,),
        why="Who has the link of an edition reads it, and whether another corrects it.",
        read=ALL,
    ),
    Tells(
        facts=("awareness.reader.confirmed", "awareness.reader.left"),
        by=(PUBLIC,),
    ),
)
