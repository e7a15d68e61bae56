"""What waits at the hotline, for the home of who works there."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due, Part
from balise.hotline.reports import access
from balise.hotline.reports.queries import reviews
from balise.hotline.reports.rules.words import ContentState


def of_queue(actor: Actor) -> Iterable[Due]:
    """Return what one has taken and what waits for a review, danger first."""
    queue = reverse("staff:hotline:queue")
    mine = reviews.mine(seen_by=actor)
    yield Due(
        says=_("Content that you have taken"),
        part=Part.MINE,
        count=mine.count,
        since=mine.since,
        url=f"{queue}?mine=on",
    )
    danger = reviews.in_danger(seen_by=actor)
    yield Due(says=_("Content with a danger to examine"), count=danger.count, since=danger.since)
    first = reviews.to_examine(seen_by=actor)
    yield Due(says=_("Content to examine"), count=first.count, since=first.since)
    if actor.may(access.CONFIRM):
        second = reviews.to_confirm(seen_by=actor)
        yield Due(
            says=_("Second reviews"),
            count=second.count,
            since=second.since,
            url=f"{queue}?state={ContentState.SECOND_LOOK.value}",
        )
        differs = reviews.to_learn(seen_by=actor)
        yield Due(
            says=_("Content reviewed otherwise than you did"),
            part=Part.MINE,
            count=differs.count,
            since=differs.since,
            url=reverse("staff:hotline:reviews"),
        )


def of_words(actor: Actor) -> Iterable[Due]:
    """Return the reports that someone has to read."""
    found = reviews.to_read(seen_by=actor)
    yield Due(says=_("Reporter messages"), count=found.count, since=found.since)
