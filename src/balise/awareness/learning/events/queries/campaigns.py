"""What events counted under the code of a campaign."""

from collections.abc import Sequence

from django.db.models import Sum
from django.utils.translation import gettext as _

from balise.awareness.learning.events.models import Places
from balise.awareness.learning.events.rules.facts import EventState
from balise.awareness.partnership.campaigns.ports import Counted


def counted(*, code: str) -> Sequence[Counted]:
    """Return how many events carried a code, who registered for them and came, heads counted.

    A number that nobody counted is left out: it is not zero.
    """
    rows = Places.objects.filter(event__campaign=code).exclude(event__state=EventState.DRAFT)
    if not rows.exists():
        return []
    found = rows.aggregate(
        registered=Sum("confirmed") + Sum("waiting") + Sum("not_coming"),
        came=Sum("came"),
        heads=Sum("heads"),
    )
    told = (
        (_("Registrations for these events"), found["registered"], _("registrations")),
        (_("People who registered and came"), found["came"], _("people")),
        (_("Heads counted at these events"), found["heads"], _("heads")),
    )
    return [
        Counted(_("Events that carry the code"), rows.count(), _("events")),
        *(Counted(*each) for each in told if each[1] is not None),
    ]
