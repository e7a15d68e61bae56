"""What the public door may do with campaigns: know whether a code is one."""

from balise.foundation.grants import PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_campaigns_campaign",),
        to=(PUBLIC,),
        why="Someone who declares under a campaign’s code is told where there is none such.",
        read=("code",),
    ),
)
