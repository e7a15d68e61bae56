"""What time does to the queue: forms left open count as they are, and what waits is raised."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, Value

from balise.foundation.actors import Actor
from balise.hotline.reports.actions.answering import LEFT_OPEN_FOR, finish_abandoned
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.rules.priority import WAITING_POINTS
from balise.hotline.reports.rules.words import ContentState

_AT_ONCE = 200


def finish_left_open(*, at: datetime, by: Actor) -> int:
    """Count the reports whose form was left half an hour ago as they are; return how many."""
    left = Report.objects.filter(is_finished=False, last_answer_at__lte=at - LEFT_OPEN_FOR)
    found = list(left.order_by("last_answer_at").values_list("id", flat=True)[:_AT_ONCE])
    return sum(finish_abandoned(report_id=report_id, by=by) for report_id in found)


def raise_waiting(*, at: datetime, by: Actor) -> int:  # noqa: ARG001 - no fact: a clock's work
    """Give what has waited long its points, and return how many pieces of content moved forward."""
    moved = 0
    with transaction.atomic():
        for after, points in WAITING_POINTS:
            moved += Content.objects.filter(
                Q(reopened_at__isnull=True) | Q(reopened_at__lte=at - after),
                state__in=(ContentState.WAITING, ContentState.SECOND_LOOK),
                first_reported_at__lte=at - after,
                waited_points__lt=points,
            ).update(
                priority=F("priority") - F("waited_points") + Value(points), waited_points=points
            )
    return moved
