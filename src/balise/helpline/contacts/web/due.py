"""Blocks that wait for a second person, for the home of a supervisor."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due
from balise.helpline.contacts import queries


def of_blocks(actor: Actor) -> Iterable[Due]:
    """Return the blocks to confirm."""
    yield Due(says=_("Blocks to confirm"), count=queries.blocks_to_confirm(seen_by=actor))
