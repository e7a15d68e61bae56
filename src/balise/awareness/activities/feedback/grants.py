"""What the public door may do: count what is said after a session."""

from balise.foundation.grants import PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_feedback_once",),
        to=(PUBLIC,),
        why="What was sent is counted once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("activities_feedback_feedbacktally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "kit", "ages", "question", "answer", "times"),
        add=True,
        change=("times",),
    ),
)
