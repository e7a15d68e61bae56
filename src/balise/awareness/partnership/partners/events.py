"""What happened to organisations, mandates, agreements, working groups and their advice."""

from datetime import date
from uuid import UUID

from balise.awareness.partnership.partners.rules.advice import RecommendationState
from balise.awareness.partnership.partners.rules.groups import Band, GroupKind
from balise.awareness.partnership.partners.rules.mandates import (
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
)
from balise.foundation.journal.events import Code, Event


class OrganisationAdded(Event, name="awareness.partner.added"):
    kind: PartnerKind
    sector: Sector


class OrganisationChanged(Event, name="awareness.partner.changed"):
    """What is written about it was changed."""


class MandateEvent(Event):
    """A fact about a mandate; `within` is the organisation that it is held in."""

    within: UUID
    role: Role


class MandateNoted(MandateEvent, name="awareness.mandate.noted"):
    """Someone holds it since a day; `country` is a code of two letters where a country does."""

    country: Code
    since: date
    until: date | None


class MandateEnded(MandateEvent, name="awareness.mandate.ended"):
    """Its last day is known."""

    until: date


class AgreementSigned(Event, name="awareness.agreement.signed"):
    """An agreement with an organisation is in the register."""

    organisation: UUID
    kind: AgreementKind
    day: date
    until: date | None


class AgreementEnded(Event, name="awareness.agreement.ended"):
    """Its last day was set or changed."""

    organisation: UUID
    kind: AgreementKind
    day: date


class GroupEvent(Event):
    """A fact about a group, or what is of one; `group` is the group's id."""

    group: UUID


class GroupFormed(Event, name="awareness.group.formed"):
    kind: GroupKind
    day: date


class GroupEnded(Event, name="awareness.group.ended"):
    """Its last day is known; its members leave with it."""

    day: date


class MemberJoined(GroupEvent, name="awareness.member.joined"):
    """Someone has a seat; the subject is the seat."""


class MemberLeft(GroupEvent, name="awareness.member.left"):
    """Someone has no seat any more: what is encrypted of them has its last day."""


class MemberNamed(GroupEvent, name="awareness.member.named"):
    """Someone agreed that their name is public."""


class MemberUnnamed(GroupEvent, name="awareness.member.unnamed"):
    """Someone withdrew that consent: their name is public no longer."""


class MemberOpened(GroupEvent, name="awareness.member.opened"):
    """Staff read the name and the declared interests of a member."""


class InterestNoted(GroupEvent, name="awareness.interest.noted"):
    """A member declared an interest; the subject is the member."""


class SeatsNoted(GroupEvent, name="awareness.seats.noted"):
    """How many young people of a structure, of these ages, a panel has now."""

    structure: UUID
    band: Band
    heads: int


class MeetingHeld(GroupEvent, name="awareness.meeting.held"):
    kind: GroupKind
    day: date
    present: int


class OpinionWritten(GroupEvent, name="awareness.opinion.written"):
    """An opinion is in the register, or was changed; nobody else reads it yet."""


class OpinionPublished(GroupEvent, name="awareness.opinion.published"):
    """An opinion is public, whole: with its votes and its dissent."""

    kind: GroupKind
    is_divided: bool


class RecommendationMoved(GroupEvent, name="awareness.recommendation.moved"):
    """A recommendation was sent, or something became of it."""

    state: RecommendationState
    day: date


class RecommendationPublished(GroupEvent, name="awareness.recommendation.published"):
    """A recommendation is public, with what became of it."""
