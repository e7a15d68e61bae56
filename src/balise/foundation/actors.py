"""Who acts. Every action and every journal entry names one actor."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """The four kinds of actor: a person without an account, staff, a partner's token, a process."""

    PUBLIC = "public"
    STAFF = "staff"
    PARTNER = "partner"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts: `key` is an account's or an organisation's id, never a name.

    `organisation` is set for a partner's people, who come through the staff door for it.
    """

    kind: ActorKind
    key: str = ""
    abilities: frozenset[str] = field(default_factory=frozenset)
    organisation: UUID | None = None

    def may(self, ability: str) -> bool:
        """Return whether this actor holds the ability, such as `hotline.reports.assess`."""
        return self.kind is ActorKind.SYSTEM or ability in self.abilities


ANYONE = Actor(ActorKind.PUBLIC)
SYSTEM = Actor(ActorKind.SYSTEM)
