"""What the public door may do: read what is published, keep a play, and count."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_stories_published",),
        to=(PUBLIC,),
        why="Anyone plays a published story. Its source is not in this table.",
        read=ALL,
    ),
    Grant(
        on=("activities_stories_keptplay",),
        to=(PUBLIC,),
        why="Six words open a play, which each choice changes. Nothing in it says who it is.",
        read=("id", "index", "told", "changed_at"),
        add=True,
        change=("told", "changed_at"),
    ),
    Grant(
        on=("activities_stories_playtally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "story", "mode", "what", "code", "times"),
        add=True,
        change=("times",),
    ),
)
