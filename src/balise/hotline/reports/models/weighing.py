"""How much a content weighs in the queue, from what its columns say."""

from functools import lru_cache

from django.conf import settings

from balise.hotline.reports.models import Content
from balise.hotline.reports.rules import priority
from balise.hotline.reports.rules.categories import category


def signals_of(content: Content) -> priority.Signals:
    """Return what bears on a content's place in the queue, but for how long it has waited."""
    return priority.Signals(
        category_points=category(content.category, country=settings.COUNTRY).points,
        concerned=content.concerned,
        minor=content.minor,
        reports=content.report_count,
    )


def priority_of(content: Content) -> int:
    """Return a content's priority from what its columns say."""
    points = priority.points(signals_of(content))
    return priority.total(points, danger=content.danger) + content.waited_points


@lru_cache(maxsize=4_096)
def points_of(country: str, code: str, signals: tuple[bool, bool, bool], reports: int) -> int:
    """Return the priority of what has not waited yet; a batch asks the same again and again.

    `signals` are danger, concerned and minor, in this order.
    """
    danger, concerned, minor = signals
    said = priority.Signals(
        category_points=category(code, country=country).points,
        concerned=concerned,
        minor=minor,
        reports=reports,
    )
    return priority.total(priority.points(said), danger=danger)
