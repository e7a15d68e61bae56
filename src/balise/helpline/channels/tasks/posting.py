"""Hand an answer to a messaging provider, whose address the centre configured."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings

from balise.foundation.clock import now
from balise.foundation.outgoing import Answer, Bounds, NoAnswer, request
from balise.foundation.url import is_this_machine, split_url
from balise.helpline.channels.rules import Way
from balise.helpline.channels.rules.messaging import meta, neutral
from balise.helpline.telephony.rules.signing import SIGNATURE, signature

_BOUNDS = Bounds(seconds=10.0)
# Characters of one message: WhatsApp takes 4,096, Messenger 2,000.
_LONGEST = {Way.WHATSAPP: 4_000, Way.MESSENGER: 1_900, Way.HOOK: 8_000}
# Answers about our account, or about how busy it is there: they do not concern this message.
_MENDABLE = frozenset({401, 403, 408, 425, 429})


class NotPosted(Exception):
    """The provider did not take it. `reason` is a code; `permanent`: it never will."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        self.reason, self.permanent = reason, permanent
        super().__init__(reason)


def post_text(way: Way, source: str, *, name: str, to: str, text: str) -> str:
    """Send a text to the author, and return the provider's name for it ("" if it gives none).

    A long one goes in pieces. Raises NotPosted; after a time-out another attempt may bring it
    twice, which is better than never.
    """
    address = settings.MESSAGING_ADDRESSES.get(source, "")
    url = split_url(address)
    if not url.hostname:
        raise NotPosted("no-address", permanent=True)
    if url.scheme != "https" and not is_this_machine(url.hostname):
        raise NotPosted("in-clear", permanent=True)
    given = ""
    for at, piece in enumerate(meta.pieces(text, longest=_LONGEST[way])):
        part = f"{name}-{at}" if at else name
        given = _post(way, source, address, _body(way, part, to, piece))
    return given


def _body(way: Way, name: str, to: str, text: str) -> dict[str, Any]:
    if way is Way.WHATSAPP:
        return meta.whatsapp_body(to=to, text=text)
    if way is Way.MESSENGER:
        return meta.messenger_body(to=to, text=text)
    return neutral.body(name, to=to, text=text)


def _post(way: Way, source: str, address: str, content: Mapping[str, Any]) -> str:
    body = orjson.dumps(content)
    headers = {"Content-Type": "application/json"}
    if way is Way.HOOK:
        secret = settings.MESSAGING_SECRETS.get(source, "")
        headers[SIGNATURE] = signature(secret, body=body, at=now())
    else:
        headers["Authorization"] = f"Bearer {settings.MESSAGING_TOKENS.get(source, '')}"
    try:
        answer = request("POST", address, body=body, headers=headers, bounds=_BOUNDS)
    except NoAnswer as error:
        raise NotPosted(str(error), permanent=False) from None
    said = _read(answer)
    if answer.is_success:
        return neutral.name_in(said) if way is Way.HOOK else meta.name_in(said)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in _MENDABLE:
        raise NotPosted(f"provider-{answer.status}", permanent=False)
    if way is Way.HOOK:
        raise NotPosted(f"provider-{answer.status}", permanent=True)
    reason, permanent = meta.refusal_in(said)
    raise NotPosted(reason, permanent=permanent)


def _read(answer: Answer) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
