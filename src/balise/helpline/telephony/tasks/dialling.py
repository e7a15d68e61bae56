"""Ask Asterisk over its REST interface (ARI) to begin a call."""

from collections.abc import Mapping

import orjson

from balise.foundation.outgoing import Answer, Bounds, Line, NoAnswer, request
from balise.helpline.telephony.rules.lines import Exchange

# A busy exchange lists its channels in a megabyte.
_BOUNDS = Bounds(seconds=10.0, longest=4 << 20)
_RINGS = 30  # seconds that the listener's own telephone rings


class NotDialled(Exception):
    """The exchange did not take it. The message is a code: no number, no address."""


def originate(exchange: Exchange, *, extension: str, number: str) -> None:
    """Ring an extension; once it is answered, dial a number. Raises NotDialled.

    The number goes in the body, never into an address that someone logs. It is dialled in the
    context that the exchange's own plan has for calls out: that plan says what the other end sees.
    """
    asked = {
        "endpoint": f"PJSIP/{extension}",
        "context": exchange.context,
        "extension": number,
        "priority": "1",
        "timeout": str(_RINGS),
    }
    try:
        answer = ask(exchange, "POST", "/channels", asked)
    except NoAnswer as error:
        raise NotDialled(str(error)) from None
    if not answer.is_success:
        raise NotDialled(f"exchange-{answer.status}")


def ask(
    exchange: Exchange, method: str, path: str, body: Mapping[str, object] | None = None
) -> Answer:
    """Return what an exchange's REST interface answers; raise NoAnswer."""
    scheme = "https" if exchange.is_tls else "http"
    return request(
        method,
        f"{scheme}://{exchange.host}:{exchange.port}{exchange.path}{path}",
        body=b"" if body is None else orjson.dumps(body),
        headers={} if body is None else {"Content-Type": "application/json"},
        line=Line(user=(exchange.user, exchange.secret)),
        bounds=_BOUNDS,
    )
