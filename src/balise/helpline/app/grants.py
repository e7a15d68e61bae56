"""What the public door may do with the app's tables: add to tallies, give the list of sites."""

from balise.foundation.grants import ALL, APP, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_app_usetally",),
        to=(PUBLIC, APP),
        why="It adds one to the tally of a day, where the young person says yes.",
        read=("id", "day", "kind", "platform", "times"),
        add=True,
        change=("times",),
    ),
    Grant(
        on=("helpline_app_signedsites",),
        to=(PUBLIC,),
        why="Anyone reads the signed list of the sites that show our button.",
        read=ALL,
    ),
)
