"""What the public door may do with the register of partners: read what its page shows."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=(
            "network_partners_organisation",
            "network_partners_mandate",
            "network_partners_agreement",
        ),
        to=(PUBLIC,),
        why="Everyone reads who our partners are, since when, and which mandates are held.",
        read=ALL,
    ),
    Grant(
        on=(
            "network_partners_group",
            "network_partners_meeting",
            "network_partners_opinion",
            "network_partners_recommendation",
            "network_partners_step",
        ),
        to=(PUBLIC,),
        why="Everyone reads the opinions that are public, and what became of recommendations.",
        read=ALL,
    ),
    Grant(
        on=("network_partners_member",),
        to=(PUBLIC,),
        why="Beside an opinion stand the members who agreed to be named; nothing encrypted.",
        read=("id", "group_id", "role", "public_name"),
    ),
)
