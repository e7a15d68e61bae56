"""What monitoring saw that a person should look at, for the home of an analyst."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due
from balise.takedown.watch.queries.board import board


def of_board(actor: Actor) -> Iterable[Due]:
    """Return what is back online, and what could not be seen for days."""
    seen = board(seen_by=actor)
    back = [one.back_at for one in seen.back if one.back_at is not None]
    yield Due(
        says=_("Removed content back online"),
        count=len(seen.back),
        since=min(back) if back else None,
    )
    quiet = [one.quiet_since for one in seen.quiet if one.quiet_since is not None]
    yield Due(
        says=_("Content that could not be checked"),
        count=seen.quiet_count,
        since=min(quiet) if quiet else None,
    )
