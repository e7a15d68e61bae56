"""What waits among notices, for the home of an analyst."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due, Part
from balise.takedown.notices.queries import desk, inbox
from balise.takedown.notices.queries.desk import Tab


def of_desk(actor: Actor) -> Iterable[Due]:
    """Return the notices past their deadline, due soon or to send; answers and objections."""
    counts, here = desk.counts(seen_by=actor), reverse("staff:notices:notices")
    first = desk.rows(Tab.RAN_OUT, seen_by=actor, limit=1)
    yield Due(
        says=_("Notices past their deadline"),
        part=Part.LATE,
        count=counts[Tab.RAN_OUT],
        since=first[0].notice.ran_out_at if first else None,
        url=f"{here}?tab={Tab.RAN_OUT.value}",
    )
    for says, tab in (
        (_("Notices due within 4 hours"), Tab.SOON),
        (_("Notices to send"), Tab.TO_SEND),
    ):
        yield Due(says=says, count=counts[tab], url=f"{here}?tab={tab.value}")
    answers = inbox.answers_that_wait(seen_by=actor)
    yield Due(
        says=_("Answers of hosts to read"),
        count=len(answers),
        since=answers[0].received_at if answers else None,
        url=reverse("staff:notices:answers"),
    )
    contests = inbox.contests_that_wait(seen_by=actor)
    yield Due(
        says=_("Objections to rule on"),
        count=len(contests),
        since=contests[0].received_at if contests else None,
        url=reverse("staff:notices:contests"),
    )
