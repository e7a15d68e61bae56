"""What the public door may do in publications: read what is public; leave an address, sealed."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_publications_published",),
        to=(PUBLIC,),
        why="Everyone reads what is published, from this table alone.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_publicfile",),
        to=(PUBLIC,),
        why="A file is for everyone while a public page names it here.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_withdrawn",),
        to=(PUBLIC,),
        why="Harvesters are told what is not public any more.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_address",),
        to=(PUBLIC,),
        why="A link to an earlier address of a page leads to where it is now.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_edition",),
        to=(PUBLIC,),
        why="Everyone reads which files a public version of a kit has.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_follower",),
        to=(PUBLIC,),
        why="Who waits for a kit’s next version leaves an address, sealed, and is never read here.",
        add=True,
    ),
    Tells(
        facts=(
            *("awareness.follower.asked", "awareness.follower.confirmed"),
            "awareness.follower.left",
        ),
        by=(PUBLIC,),
    ),
)
