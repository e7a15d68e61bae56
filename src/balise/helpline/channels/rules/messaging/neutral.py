"""The neutral form, for any gateway that a centre writes or buys.

    {"id": "…", "from": "…", "text": "…", "name": "…", "attachments": 0, "language": "fr"}
    {"id": "…", "failed": "CODE"}            an answer of ours, by the id that the gateway gave it

`id` and `from` are needed; an answer goes back to `from`. Signed as telephone events are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What a messaging provider sends, in one form for all providers.


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


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,40}")
_LANGUAGE = re.compile(r"[a-z]{2}")


class NotUnderstood(ValueError):
    """The body is no message, and no refusal."""


def read(given: object) -> Incoming | Refusal:
    """Return what was brought, or raise NotUnderstood."""
    if not isinstance(given, Mapping):
        raise NotUnderstood
    name, sender, text = (given.get(each, "") for each in ("id", "from", "text"))
    if not isinstance(name, str) or not name:
        raise NotUnderstood
    reason = given.get("failed")
    if reason is not None:
        return Refusal(name, code(reason))
    if not isinstance(sender, str) or not sender or not isinstance(text, str):
        raise NotUnderstood
    attachments, called = given.get("attachments", 0), given.get("name", "")
    language = given.get("language", "")
    return Incoming(
        name=name,
        sender=sender,
        text=text,
        sender_name=called if isinstance(called, str) else "",
        attachments=attachments if type(attachments) is int and attachments > 0 else 0,
        language=language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else "",
    )


def body(name: str, *, to: str, text: str) -> dict[str, Any]:
    """Return the body of an answer; `name` is the same at every attempt."""
    return {"id": name, "to": to, "text": text}


def name_in(answer: Mapping[str, Any]) -> str:
    """Return the gateway's name for an answer that it took; "" where it gives none."""
    found = answer.get("id", "")
    return found if isinstance(found, str) else ""


def code(reason: object) -> str:
    """Return a provider's reason as a code of ours; free text is none."""
    text = str(reason)
    return f"provider-{text}" if _CODE.fullmatch(text) else "provider"
