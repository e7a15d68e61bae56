"""The helpline's customs with platforms: how long one may take, and what is tried after that.

Clock and ladder are those of `takedown/notices`. A young person is promised a time: it is the same
in each country, in the words of PROMISES.
"""

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.takedown.notices.rules.ladder import Rung, Step, Way
from balise.takedown.notices.rules.urgency import Urgency

TARGETS = {
    Urgency.IMMEDIATE: timedelta(hours=1),
    Urgency.URGENT: timedelta(hours=4),
    Urgency.STEADY: timedelta(hours=24),
}
PROMISES: dict[Urgency, Promise] = {
    Urgency.IMMEDIATE: _("Within an hour"),
    Urgency.URGENT: _("Within 4 hours"),
    Urgency.STEADY: _("Within 24 hours"),
}

# Each is climbed by a person; a reminder by mail or by an API then leaves from here.
LADDER = (
    Step(rung=Rung.REMINDER, way=Way.HAND, after=1),
    Step(rung=Rung.OTHER_WAY, way=Way.NOTICE, after=2),
    Step(rung=Rung.CALL, way=Way.HAND, after=3, on_refusal=True),
    Step(rung=Rung.COMPLAINT, way=Way.HAND, after=4, on_refusal=True),
    Step(
        rung=Rung.COORDINATOR,
        way=Way.HAND,
        after=8,
        on_refusal=True,
        who=_("Complaint to the Digital Services Coordinator (DSA, article 53)"),
    ),
)
STEPS = {step.rung: step for step in LADDER}
# These go beyond the platform's desk: whoever leads the helpline decides on them.
COMPLAINTS = frozenset({Rung.COORDINATOR})
# These are made in writing: each has a letter.
LETTERS = frozenset({Rung.COMPLAINT, Rung.COORDINATOR})
