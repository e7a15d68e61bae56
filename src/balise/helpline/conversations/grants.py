"""What the public may do with conversations: begin one, talk in it, end and erase it."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_conversations_conversation",),
        to=(PUBLIC,),
        why="A young person begins, comes back and ends; no name in it is written again.",
        read=ALL,
        add=True,
        change=(
            "last_seq",
            "state",
            "listener",
            "young_seen_at",
            "ended_at",
            "erased_at",
            "wants_another",
        ),
    ),
    Grant(
        on=("helpline_conversations_said",),
        to=(PUBLIC,),
        why="What is said is sealed; a young person may wipe it, and change nothing else of it.",
        read=ALL,
        add=True,
        change=("sealed",),
    ),
    Tells(
        facts=(
            *("helpline.conversation.begun", "helpline.conversation.said"),
            *("helpline.conversation.resumed", "helpline.conversation.ended"),
            *("helpline.conversation.erased", "helpline.conversation.another-wanted"),
            "helpline.conversation.continued",
        ),
        by=(PUBLIC,),
    ),
)
