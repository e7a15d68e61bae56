"""The queue beside the content that is open: the same rows, in the same order."""

from typing import Any
from uuid import UUID

from balise.foundation.web.doors import Request
from balise.hotline.reports.queries import desk
from balise.hotline.reports.queries.desk import Filters


def beside(request: Request, *, current: UUID) -> dict[str, Any]:
    """Return what `hotline/reports/queue_beside.html` draws: the first page of what waits."""
    return {
        "beside": desk.queue(filters=Filters(), after=None, seen_by=request.actor).rows,
        "current": current,
    }
