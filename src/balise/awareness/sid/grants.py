"""What the public door may do: read editions, take what is declared, change it for its own link."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

_SAID = ("sort", "channel", "name", "area", "on", "expected", "says", "wall", "met", "method")

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_sid_edition",),
        to=(PUBLIC,),
        why="Everyone reads the day, its kit, and its report once it is public.",
        read=ALL,
    ),
    Grant(
        on=("awareness_sid_activity",),
        to=(PUBLIC,),
        why="Anyone declares an activity, and corrects it with its own link; its contact is sealed "
        "and is not read here.",
        read=(
            *("id", "key", "edition_id", "language", "declared_at", "withdrawn_at", "voided"),
            *_SAID,
        ),
        add=True,
        change=(*_SAID, "withdrawn_at"),
    ),
    Tells(
        facts=(
            *("awareness.sid-activity.declared", "awareness.sid-activity.corrected"),
            *("awareness.sid-activity.met", "awareness.sid-activity.withdrawn"),
        ),
        by=(PUBLIC,),
    ),
)
