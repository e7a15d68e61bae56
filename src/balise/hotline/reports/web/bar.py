"""The verdict bar: what each verdict would rest on, and what would leave after it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.refusals import Refused
from balise.hotline.reports.queries import desk
from balise.hotline.reports.queries.desk import Row
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.assessing import Looked
from balise.hotline.reports.rules.leaving import About, leaves
from balise.hotline.reports.rules.words import Confidence, PlaceKind, State, Verdict
from balise.hotline.reports.web.forms.desk import VerdictForm
from balise.takedown.tracing import queries as tracing
from balise.takedown.tracing.queries.hosting import Asked
from balise.takedown.tracing.rules.hosting import Found
from balise.takedown.watch import access as watching, queries as watch
from balise.takedown.watch.rules import State as WatchState


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict: its ground in words, or why it would be refused; what leaves after it."""

    verdict: Verdict
    rests_on: str
    is_refused: bool
    then: tuple[str, ...]


def lines(
    row: Row, form: VerdictForm, *, asked: Asked | None, watched: str | None, seen_by: Actor
) -> list[Line]:
    """Return a line for each verdict, of a form as it is filled in so far.

    `asked` is the last trace, `watched` the state of the watch.
    """
    given = form["confidence"].value()
    sure = Confidence(given) if given in Confidence.values else None
    about = About(
        at_once=row.state is State.SECOND_LOOK or row.danger,
        has_address=row.kind is PlaceKind.WEB,
        is_abroad=bool(row.country) and row.country.upper() != settings.COUNTRY.upper(),
        followers=desk.followers(content_id=row.id, seen_by=seen_by),
    )
    found = []
    for verdict in Verdict:
        rests_on, is_refused = _rests_on(verdict, form, row, asked=asked, watched=watched)
        then = tuple(leaves(verdict, form.chosen, sure, about))
        found.append(Line(verdict, rests_on, is_refused, then))
    return found


def lines_alone(row: Row, form: VerdictForm, *, seen_by: Actor) -> dict[str, Any]:
    """Return what draws the lines without the rest of the page."""
    found = watch.of(line="hotline", subjects=[row.id], seen_by=seen_by) if _sees(seen_by) else {}
    watched = found.get(row.id)
    asked = tracing.last_asked(line="hotline", subject=row.id, seen_by=seen_by)
    state = watched.state if watched else None
    return {
        "lines": lines(row, form, asked=asked, watched=state, seen_by=seen_by),
        "apart": True,
    }


def _sees(seen_by: Actor) -> bool:
    return seen_by.may(watching.READ)


def _rests_on(
    verdict: Verdict, form: VerdictForm, row: Row, *, asked: Asked | None, watched: str | None
) -> tuple[str, bool]:
    looked = Looked(
        opened=row.is_opened,
        known=row.state is State.WAITING and row.verdict is verdict,
        watch_found_gone=watched == WatchState.GONE,
        name_leads_nowhere=asked is not None and asked.found is Found.NOWHERE,
    )
    reason = form.ground_of(verdict)
    try:
        assessing.check_danger_read(is_unread=row.danger and not row.is_opened)
        return str(assessing.ground(verdict, reason, looked).label), False
    except Refused as refusal:
        return refusal.message, True
