"""What the public door may do with structures: read what is public; leave a correction."""

from balise.foundation.grants import PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_structures_structure",),
        to=(PUBLIC,),
        why="Everyone finds structures; whether one may meet minors follows from a day. No number.",
        read=(
            *("id", "name", "folded", "kind", "country", "area", "commune", "commune_code"),
            *("postcode", "address", "latitude", "longitude", "telephone", "mail", "web"),
            *("summary", "audiences", "ages", "topics", "languages", "radius", "is_online"),
            *("may_publish", "attested_on", "code_index", "confirmed_on", "closed_on"),
            "merged_into_id",
        ),
    ),
    Grant(
        on=("network_structures_convention",),
        to=(PUBLIC,),
        why="A structure's page says since when it is in the network.",
        read=("structure_id", "signed_on", "until"),
    ),
    Grant(
        on=("network_structures_contact",),
        to=(PUBLIC,),
        why="The link of a mail leads to the structure that its reader answers for; no name.",
        read=("id", "structure_id"),
    ),
    Grant(
        on=("network_structures_correction",),
        to=(PUBLIC,),
        why="A contact says, sealed, what is not right any more; it is never read here.",
        add=True,
    ),
    Tells(
        facts=("awareness.structure.confirmed", "awareness.structure.correction-sent"),
        by=(PUBLIC,),
    ),
)
