"""Which schools ask again: numbers for steering, of no school by its name."""

from datetime import date, datetime, timedelta

from balise.awareness.places.fieldwork.models import Intervention
from balise.awareness.places.fieldwork.rules.visits import Audience, VisitState
from balise.foundation.statistics.indicators import Said


def schools_again(first: date, last: date, *, until: datetime) -> Said:
    """Return how many schools of the twelve months before a period asked again in it, and of those.

    As far as both was recorded before a moment.
    """
    begins = _year_before(first)
    ended = first - timedelta(days=1)
    visits = Intervention.objects.filter(audience=Audience.SCHOOL).order_by()
    met = visits.filter(state=VisitState.MET, met_on__range=(begins, ended), ended_at__lt=until)
    schools = met.values("venue_id").distinct()
    again = visits.filter(asked_on__range=(first, last), asked_at__lt=until, venue_id__in=schools)
    number = again.values("venue_id").distinct().count()
    return Said(number, schools.count(), whole_of=(begins, ended))


def _year_before(day: date) -> date:
    """Return the same day of the year before; of 29 February, 1 March."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)
