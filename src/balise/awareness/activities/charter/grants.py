"""What the public door may do: count families, read the bank, take an address for challenges."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_charter_chartertally",),
        to=(PUBLIC,),
        why="A family that says yes is counted in the tally of the day.",
        read=("id", "day", "what", "band", "times"),
        add=True,
        change=("times",),
    ),
    Grant(
        on=("activities_charter_ruletally",),
        to=(PUBLIC,),
        why="A family that says yes has its rules counted in the tally of the day.",
        read=("id", "day", "of", "practice", "band", "times"),
        add=True,
        change=("times",),
    ),
    Grant(
        on=("activities_charter_practiceversion",),
        to=(PUBLIC,),
        why="Families choose from the bank as the centre has it.",
        read=ALL,
    ),
    Grant(
        on=("activities_charter_challenged",),
        to=(PUBLIC,),
        why="Who asks for challenges leaves an address, sealed, and is never read here.",
        add=True,
    ),
    Tells(
        facts=(
            *("awareness.challenges.asked", "awareness.challenges.confirmed"),
            "awareness.challenges.left",
        ),
        by=(PUBLIC,),
    ),
)
