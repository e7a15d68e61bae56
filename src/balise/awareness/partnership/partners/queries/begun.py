"""What began with partners in a period, for those who tell what the centre did."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from balise.awareness.partnership.partners.models import Agreement, Mandate
from balise.awareness.partnership.partners.rules.days import Known


class Begun(NamedTuple):
    """An agreement, or a mandate of the centre: its first day, in words too, what, with whom."""

    first: date
    when: str
    what: str
    whom: str


def begun(first: date, last: date) -> Sequence[Begun]:
    """Return agreements signed and mandates of the centre begun in a period, the oldest first."""
    signed = Agreement.objects.filter(signed__range=(first, last)).select_related("organisation")
    ours = Mandate.objects.filter(holder=None, country="", since__range=(first, last))
    found = [
        *(
            Begun(row.signed, str(Known(row.signed)), str(row.of_kind.label), row.organisation.name)
            for row in signed
        ),
        *(
            Begun(row.since, str(row.begins), str(row.of_role.label), row.within.name)
            for row in ours.select_related("within")
        ),
    ]
    return sorted(found, key=attrgetter("first", "whom"))
