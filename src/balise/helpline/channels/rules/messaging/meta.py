"""WhatsApp's Cloud API and the Messenger Platform, as Meta documents them.

Both sign the body with the app's secret (`X-Hub-Signature-256: sha256=HEX`), ask once for a
challenge (`hub.verify_token`), and repeat what is not answered with a 2xx. One body may bring
several messages. What is not a message or its failure is passed over.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from balise.helpline.channels.rules.messaging.neutral import Incoming, Refusal, code

SIGNATURE = "X-Hub-Signature-256"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{1,200}")
_WITH_CAPTION = ("image", "video", "document")
_FILES = frozenset({*_WITH_CAPTION, "audio", "sticker"})
# Codes that another attempt may solve: unknown, busy, limits; all others are final.
_FOR_NOW = frozenset({1, 2, 4, 17, 613, 80007, 130429, 131000, 131016, 131056, 133004})


def is_signed(header: str, *, secret: str, body: bytes) -> bool:
    """Return whether a body was signed with the app's secret."""
    if not secret:
        return False
    digest = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    return hmac.compare_digest(f"sha256={digest}".encode(), header.encode())


def challenge_in(query: Mapping[str, str], *, token: str) -> str:
    """Return the challenge of a verification that knows our token; "" for any other."""
    if not token or query.get("hub.mode") != "subscribe":
        return ""
    given, challenge = query.get("hub.verify_token", ""), query.get("hub.challenge", "")
    is_ours = hmac.compare_digest(given.encode(), token.encode())
    return challenge if is_ours and _CHALLENGE.fullmatch(challenge) else ""


def from_whatsapp(given: object) -> Iterator[Incoming | Refusal]:
    """Yield what a WhatsApp body brings."""
    for entry in _each(given, "entry"):
        for change in _each(entry, "changes"):
            value = change.get("value")
            if not isinstance(value, Mapping):
                continue
            names = {
                str(one.get("wa_id", "")): _text(one.get("profile"), "name")
                for one in _each(value, "contacts")
            }
            for one in _each(value, "messages"):
                sender = str(one.get("from", ""))
                kind = str(one.get("type", ""))
                if kind == "reaction":
                    continue
                yield Incoming(
                    name=str(one.get("id", "")),
                    sender=sender,
                    text=_whatsapp_text(one, kind),
                    sender_name=names.get(sender, ""),
                    attachments=int(kind in _FILES),
                )
            for one in _each(value, "statuses"):
                if one.get("status") == "failed":
                    errors = list(_each(one, "errors"))
                    reason = errors[0].get("code", "") if errors else ""
                    yield Refusal(str(one.get("id", "")), code(reason))


def from_messenger(given: object) -> Iterator[Incoming | Refusal]:
    """Yield what a Messenger body brings; echoes of our own answers are passed over."""
    for entry in _each(given, "entry"):
        for one in _each(entry, "messaging"):
            message = one.get("message")
            if not isinstance(message, Mapping) or message.get("is_echo"):
                continue
            yield Incoming(
                name=str(message.get("mid", "")),
                sender=_text(one.get("sender"), "id"),
                text=_text(message, "text"),
                attachments=sum(1 for _file in _each(message, "attachments")),
            )


def whatsapp_body(*, to: str, text: str) -> dict[str, Any]:
    """Return the body of an answer by WhatsApp."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "text",
        "text": {"preview_url": False, "body": text},
    }


def messenger_body(*, to: str, text: str) -> dict[str, Any]:
    """Return the body of an answer by Messenger."""
    return {"recipient": {"id": to}, "messaging_type": "RESPONSE", "message": {"text": text}}


def pieces(text: str, *, longest: int) -> list[str]:
    """Return a text in pieces that a provider takes, cut between lines or words where it can."""
    found: list[str] = []
    rest = text
    while len(rest) > longest:
        at = max(rest.rfind("\n", 1, longest), rest.rfind(" ", 1, longest))
        at = at if at > longest // 2 else longest
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*found, rest] if rest else found


def name_in(answer: Mapping[str, Any]) -> str:
    """Return the provider's name for an answer that it took; "" where it gives none."""
    for one in _each(answer, "messages"):
        return str(one.get("id", ""))
    return str(answer.get("message_id", ""))


def refusal_in(answer: Mapping[str, Any]) -> tuple[str, bool]:
    """Return why an answer was not taken, as a code, and whether that is final."""
    error = answer.get("error")
    found = error.get("code") if isinstance(error, Mapping) else None
    return code(found if found is not None else "unknown"), found not in _FOR_NOW


def _whatsapp_text(message: Mapping[str, Any], kind: str) -> str:
    if kind in _WITH_CAPTION:
        return _text(message.get(kind), "caption")
    if kind == "button":
        return _text(message.get("button"), "text")
    return _text(message.get("text"), "body")


def _text(given: object, name: str) -> str:
    found = given.get(name, "") if isinstance(given, Mapping) else ""
    return found if isinstance(found, str) else ""


def _each(given: object, name: str) -> Iterator[Mapping[str, Any]]:
    found = given.get(name) if isinstance(given, Mapping) else None
    if isinstance(found, Sequence) and not isinstance(found, str):
        yield from (one for one in found if isinstance(one, Mapping))
