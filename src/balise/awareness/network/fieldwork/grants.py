"""What the public door may do here: declare a workshop, ask for a visit, say how it was."""

from balise.foundation.grants import PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_fieldwork_workshop",),
        to=(PUBLIC,),
        why=(
            "A structure declares a workshop, once; pages of kits and of structures tell how many "
            "there were, and which are planned."
        ),
        read=(
            *("id", "key", "structure", "state", "day", "setting", "area", "kit", "edition"),
            *("kit_was_withdrawn", "heads", "people"),
        ),
        add=True,
    ),
    Grant(
        on=("network_fieldwork_venue",),
        to=(PUBLIC,),
        why="A school that asks for a visit is known again, by its code or its name.",
        read=("id", "known_as", "code", "named"),
        add=True,
    ),
    Grant(
        on=("network_fieldwork_intervention",),
        to=(PUBLIC,),
        why="A school asks for a visit, and is told apart from one that was met before.",
        read=("id", "venue_id", "state", "met_on"),
        add=True,
    ),
    Grant(
        on=("network_fieldwork_contact",),
        to=(PUBLIC,),
        why="Who asks leaves a contact, sealed, which is never read here.",
        add=True,
    ),
    Grant(
        on=("network_fieldwork_opinion",),
        to=(PUBLIC,),
        why="The person who asked says how it was, once; the page knows whether they did.",
        read=("id",),
        add=True,
    ),
    Tells(
        facts=(
            *("awareness.workshop.declared", "awareness.workshop.counted"),
            *("awareness.people.met", "awareness.intervention.asked"),
            "awareness.intervention.rated",
        ),
        by=(PUBLIC,),
    ),
)
