"""The report of an edition: as it stands, or as it was published."""

from collections import Counter

from balise.awareness.network.campaigns import queries as campaigns
from balise.awareness.sid import access
from balise.awareness.sid.models import Edition
from balise.awareness.sid.queries import counted
from balise.awareness.sid.rules.declaring import reach
from balise.awareness.sid.rules.reports import Beside, Report, read_frozen
from balise.awareness.sid.rules.words import Band, Wall
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.statistics.suppression import CHILDREN, mask


def report_of(edition: Edition) -> Report:
    """Return the figures of an edition as they are now, with small numbers of people withheld."""
    rows = list(counted(edition).defer("contact", "says"))
    met = [row.met for row in rows if row.met]
    heads = {band.value: sum(each.get(band, 0) for each in met) for band in Band}
    known = campaigns.carried(edition.campaign) if edition.campaign else ()
    return Report(
        activities=len(rows),
        expected=sum(row.expected for row in rows),
        areas=dict(sorted(Counter(row.area for row in rows if row.area).items())),
        channels=dict(Counter(row.channel for row in rows)),
        sorts=dict(Counter(row.sort for row in rows)),
        told=len(met),
        reach=reach(met),
        bands=mask(heads, CHILDREN) if met else {},
        methods=dict(Counter(row.method for row in rows if row.met)),
        messages=sum(row.wall == Wall.SHOWN for row in rows),
        beside=[Beside(each.label, each.number, each.unit) for each in known],
    )


def published(edition: Edition) -> Report:
    """Return the report as it was published. Raises NotHere before it is."""
    if not edition.reported_at:
        raise NotHere(Edition.__name__)
    return read_frozen(edition.report or {})


def report(edition: Edition, *, seen_by: Actor) -> Report:
    """Return the report for staff: as it was published, else as it stands."""
    access.require(seen_by, access.READ)
    return published(edition) if edition.reported_at else report_of(edition)
