"""What the public door may read of publications: what is public, and no draft."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_publications_published",),
        to=(PUBLIC,),
        why="Everyone reads what is published, from this table alone.",
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
)
