"""What a messaging provider sends, in one form for all providers."""

from dataclasses import dataclass

LONGEST_ID = 250
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message: the provider's name for it, whom an answer goes to, what was written."""

    name: str
    sender: str
    text: str
    sender_name: str = ""
    attachments: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A provider says that an answer of ours, by its own name for it, did not arrive."""

    name: str
    reason: str


def is_whole(one: Incoming) -> bool:
    """Return whether it has a name and a sender, neither of them too long."""
    return 0 < len(one.name) <= LONGEST_ID and 0 < len(one.sender) <= LONGEST_ID
