"""The journal's trace of every key that is made, turned or retired."""

from typing import ClassVar
from uuid import NAMESPACE_URL, uuid5

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code, Event


class KeyTurned(Event):
    """Someone at the console made, activated, rewrapped or retired a key of a line."""

    name: ClassVar[str] = "oversight.key.turned"

    act: Code
    of_line: Code
    key: Code
    count: int


def write_down(*, act: str, line: str, key_id: str, count: int) -> None:
    """Answer `encryption.key_turned`: record the act within the open transaction."""
    record(
        KeyTurned(
            subject=uuid5(NAMESPACE_URL, f"urn:balise:key:{key_id}"),
            act=Code(act),
            of_line=Code(line),
            key=Code(key_id),
            count=count,
        ),
        by=SYSTEM,
    )
