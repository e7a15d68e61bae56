"""One signed request to another hotline: an address that two people approved, and no further.

Only https, to the public address that the tracer says the name leads to. In a demonstration, this
machine itself may be called in clear.
"""

import secrets

from balise.foundation.clock import now
from balise.foundation.encryption.signatures import sign_outward
from balise.foundation.outgoing import Answer, Bounds, Line, NoAnswer, request
from balise.takedown.onward.exchange.queries.peers import EXCHANGE, own_card
from balise.takedown.onward.exchange.rules import signing
from balise.takedown.tracing.queries import NoWay, way_to

_BOUNDS = Bounds(seconds=20.0, longest=16 << 20)
ROOT = "/api/v1/network"


class NotReached(RuntimeError):
    """There was no answer, or none that could be read."""


def call(address: str, path: str, *, method: str, body: bytes = b"") -> Answer:
    """Return the answer to a signed request, or raise NotReached."""
    url = f"{address}{ROOT}{path}"
    headers = {
        "Content-Type": signing.CONTENT_TYPE,
        "Content-Digest": signing.content_digest(body),
    }
    asked = signing.request_to(url, method=method, body=body, headers=headers)
    key_id = own_card().keys.signing_id
    claim = signing.claim(key_id=key_id, nonce=secrets.token_urlsafe(18), at=now())
    signed = sign_outward(EXCHANGE, claim.text(asked))
    headers |= signing.headers_of(claim, signed.value) | {"Host": asked.authority}
    try:
        way = way_to(url)
        return request(
            method,
            way.pinned,
            body=body,
            headers=headers,
            line=Line(server_name=way.server_name),
            bounds=_BOUNDS,
        )
    except (NoWay, NoAnswer) as error:
        raise NotReached(str(error)) from None
