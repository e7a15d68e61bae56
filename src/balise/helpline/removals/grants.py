"""What the public may do with removals: see how far one is, by its code."""

from balise.foundation.grants import PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_removals_request",),
        to=(PUBLIC,),
        why="A young person follows a removal with a code; nothing sealed is read.",
        read=("id", "tracker_key", "conversation", "asked_at"),
    ),
    Grant(
        on=("helpline_removals_item",),
        to=(PUBLIC,),
        why="It shows stages alone.",
        read=(
            *("request_id", "number", "kind", "content_type", "state"),
            *("gone_at", "ended_at", "decided_at", "decision"),
        ),
    ),
)
