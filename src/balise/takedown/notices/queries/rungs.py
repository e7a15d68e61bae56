"""Which contacts of the directory may be told on the rungs above a notice."""

from dataclasses import dataclass
from uuid import UUID

from balise.takedown.directory.queries.choosing import contacts_named, contacts_of_kinds
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.notices.models import Notice
from balise.takedown.notices.queries.clocks import known_rungs, steps_above
from balise.takedown.notices.rules.ladder import Step, Way
from balise.takedown.notices.rules.states import OPEN

_ABOVE = (
    OrganisationKind.NETWORK,
    OrganisationKind.REGISTRAR,
    OrganisationKind.REGISTRY,
    OrganisationKind.HOST,
    OrganisationKind.PLATFORM,
)


@dataclass(frozen=True, slots=True)
class RungAbove:
    """A rung that can still be told, and the contact that is known there in words; else ""."""

    step: Step
    who: str

    @property
    def is_by_hand(self) -> bool:
        return self.step.way is Way.HAND


def rungs_above(notice: Notice) -> list[RungAbove]:
    """Return who can still be told about a notice's content, the next first."""
    known = known_rungs(notice)
    contacts = contacts_named(list(known.values()))
    who = {rung: contacts[contact_id] for rung, contact_id in known.items()}
    return [RungAbove(step, who.get(step.rung, "")) for step in steps_above(notice)]


def candidates(notice: Notice) -> list[tuple[UUID, str]]:
    """Return (contact, who and how) of those that have no open notice about the same content.

    Networks, registrars and registries come first, then hosts, each by name.
    """
    told = Notice.objects.filter(
        line=notice.line, subject=notice.subject, state__in=sorted(OPEN)
    ).values_list("contact_id", flat=True)
    return contacts_of_kinds(_ABOVE, without=list(told))
