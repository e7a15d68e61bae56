"""When a content was seen there, by whom: what notices, dossiers and other hotlines are told."""

from balise.foundation.actors import Actor
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.rules.words import SEEN_VERDICTS, Ground
from balise.takedown.notices.rules.sightings import SeenBy, Sighting
from balise.takedown.watch import access as watching, queries as watch


def sightings(*, content: Content, seen_by: Actor) -> tuple[Sighting, ...]:
    """Return when analysts looked and found it there, and when the watch last found it online.

    The earliest first. A verdict that it is gone saw nothing; who opened a report saw an address.
    """
    looked = content.assessments.filter(ground=Ground.LOOKED, verdict__in=SEEN_VERDICTS)
    found = [
        Sighting(at=at, by=SeenBy.LOOKED)
        for at in looked.values_list("seen_at", flat=True)
        if at is not None
    ]
    online_at = (
        watch.last_online(line=LINE, subject=content.id, seen_by=seen_by)
        if seen_by.may(watching.READ)
        else None
    )
    if online_at is not None:
        found.append(Sighting(at=online_at, by=SeenBy.WATCH))
    return tuple(sorted(found, key=lambda one: one.at))


def last_sighting(*, content: Content, seen_by: Actor) -> Sighting:
    """Return when it was last seen there; where nobody says that they saw it, when it was reported.

    That is by the last report, which says that it was there.
    """
    found = sightings(content=content, seen_by=seen_by)
    if found:
        return found[-1]
    reported = content.reports.order_by("-received_at").values_list("received_at", flat=True)
    return Sighting(at=reported.first() or content.first_reported_at, by=SeenBy.REPORTED)
