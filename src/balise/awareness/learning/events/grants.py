"""What the public door may do with events: read what is public; give and take back places."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

# The link is for who registered: it leaves in mails alone.
SHOWN = (
    *("id", "kind", "state", "words", "speakers", "starts_at", "ends_at", "zone", "place"),
    *("is_online", "audience", "campaign", "structure", "organiser", "series", "edition"),
    *("replay", "sequence", "changed_at", "published_at"),
)

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_events_event",),
        to=(PUBLIC,),
        why="Everyone reads the events to come and those that were; not the link to join.",
        read=SHOWN,
    ),
    Grant(
        on=("awareness_events_places",),
        to=(PUBLIC,),
        why="A place is given, and given back, by the row of the counters.",
        read=ALL,
        change=("confirmed", "waiting", "not_coming", "last"),
    ),
    Grant(
        on=("awareness_events_registration",),
        to=(PUBLIC,),
        why="Who registers leaves name and address, sealed; the next who waits has the place.",
        read=("id", "event_id", "known_by", "standing", "number", "asked_at", "came"),
        add=True,
        change=("standing", "number", "asked_at"),
    ),
    Tells(
        facts=(
            *("awareness.registration.made", "awareness.registration.repeated"),
            *("awareness.registration.resumed", "awareness.registration.released"),
            "awareness.registration.promoted",
        ),
        by=(PUBLIC,),
    ),
)
