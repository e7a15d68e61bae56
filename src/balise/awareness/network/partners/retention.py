"""What is forgotten of members of working groups, and when."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.partners.actions import groups
from balise.awareness.network.partners.models import Interest, Member
from balise.awareness.network.partners.rules.groups import KEPT
from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past


def erase_members(members: Sequence[UUID]) -> int:
    """Destroy the names of members with their keys; their roles stay."""
    return groups.erase_members(members=members, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.members",
        forgets=Member,
        says=_("The name of a member of a working group is deleted 24 months after they left."),
        due=past(Member, "left_at", KEPT, holding="sealed"),
        erase=erase_members,
    ),
    Rule(
        name="awareness.interests",
        forgets=Interest,
        says=_(
            "An interest that a member of a working group declared is deleted 24 months after "
            "they left."
        ),
        due=past(Interest, "member__left_at", KEPT),
        erase=deleted(Interest),
    ),
)
