"""What the public door may do: answer quizzes and count them."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_quizzes_quiz", "activities_quizzes_version"),
        to=(PUBLIC,),
        why="Anyone reads the quizzes that are public.",
        read=ALL,
    ),
    Grant(
        on=("activities_quizzes_pair",),
        to=(PUBLIC,),
        why="A first time waits under six words for the second; it is locked, counted, deleted.",
        read=ALL,
        add=True,
        change=("at",),
        remove=True,
    ),
    Grant(
        on=("activities_quizzes_once",),
        to=(PUBLIC,),
        why="The end of a quiz is counted once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("activities_quizzes_daytally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "quiz", "audience", "what", "times", "total"),
        add=True,
        change=("times", "total"),
    ),
)
