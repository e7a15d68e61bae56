"""Ask Asterisk over its REST interface (ARI) to begin a call."""

import httpx

from balise.helpline.telephony.rules.lines import Exchange

SECONDS = 10.0  # that an exchange may take to answer
_RINGS = 30  # seconds that the listener's own telephone rings


class NotDialled(Exception):
    """The exchange did not take it. The message is a code: no number, no address."""


def originate(exchange: Exchange, *, extension: str, number: str) -> None:
    """Ring a telephone of the house; once it is picked up, dial a number. Raises NotDialled.

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
        with client_of(exchange) as client:
            answer = client.post("/channels", json=asked)
    except httpx.HTTPError as error:
        # Its words may hold the number.
        raise NotDialled(type(error).__name__) from None
    if not answer.is_success:
        raise NotDialled(f"exchange-{answer.status_code}")


def client_of(exchange: Exchange) -> httpx.Client:
    """Return a client for an exchange's REST interface."""
    scheme = "https" if exchange.is_tls else "http"
    return httpx.Client(
        base_url=f"{scheme}://{exchange.host}:{exchange.port}{exchange.path}",
        auth=(exchange.user, exchange.secret),
        timeout=SECONDS,
        trust_env=False,
    )
