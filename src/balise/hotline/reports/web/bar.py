"""The verdict bar: what each verdict would rest on, and what would leave after it."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.refusals import Refused
from balise.hotline.reports.queries import desk
from balise.hotline.reports.queries.desk import ContentRow
from balise.hotline.reports.queries.known import fingerprinted
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.assessing import Looked
from balise.hotline.reports.rules.leaving import About, leaves
from balise.hotline.reports.rules.words import Confidence, ContentState, Ground, PlaceKind, Verdict
from balise.hotline.reports.web.forms.desk import VerdictForm
from balise.takedown.tracing import queries as tracing
from balise.takedown.tracing.queries.hosting import Asked
from balise.takedown.tracing.rules.hosting import Found
from balise.takedown.watch import access as watching, queries as watch
from balise.takedown.watch.rules import WatchState


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict: its ground in words, or why it would be refused; what leaves after it."""

    verdict: Verdict
    rests_on: str
    is_refused: bool
    then: tuple[str, ...]


def lines(
    row: ContentRow, form: VerdictForm, *, asked: Asked | None, watched: str | None, seen_by: Actor
) -> list[Line]:
    """Return a line for each verdict, of a form as it is filled in so far.

    `asked` is the last trace, `watched` the state of the watch.
    """
    given = form["confidence"].value()
    sure = Confidence(given) if given in Confidence.values else None
    about = About(
        at_once=row.state is ContentState.SECOND_LOOK or row.danger,
        has_address=row.kind is PlaceKind.WEB,
        is_abroad=bool(row.country) and row.country.upper() != settings.COUNTRY.upper(),
        followers=desk.followers(content_id=row.id, seen_by=seen_by),
    )
    looked = Looked(
        opened=row.is_opened,
        watch_found_gone=watched == WatchState.GONE,
        watch_found_online=watched == WatchState.ONLINE,
        name_leads_nowhere=asked is not None and asked.found is Found.NOWHERE,
        fingerprinted=form["ground"].value() == Ground.FINGERPRINT
        and row.id in fingerprinted([row.id]),
    )
    found = []
    for verdict in Verdict:
        known = row.state is ContentState.WAITING and row.verdict is verdict
        rests_on, is_refused = _rests_on(verdict, form, row, replace(looked, known=known))
        then = tuple(leaves(verdict, form.chosen, sure, about))
        found.append(Line(verdict, rests_on, is_refused, then))
    return found


def lines_alone(row: ContentRow, form: VerdictForm, *, seen_by: Actor) -> dict[str, Any]:
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
    verdict: Verdict, form: VerdictForm, row: ContentRow, looked: Looked
) -> tuple[str, bool]:
    try:
        assessing.check_danger_read(is_unread=row.danger and not row.is_opened)
        said = assessing.ground(verdict, form.ground_of(verdict), looked)
    except Refused as refusal:
        return refusal.message, True
    if said is Ground.LOOKED:
        return f"{said.label} ({form.look_so_far})", False
    return str(said.label), False
