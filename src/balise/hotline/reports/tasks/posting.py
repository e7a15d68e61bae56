"""A POST to an address that an administrator wrote; only public addresses are accepted.

Only https, and nothing of the answer is read but its status. In a demonstration, this machine
itself may be told too, without encryption.
"""

from collections.abc import Mapping

from balise.foundation.outgoing import Bounds, Line, NoAnswer, request
from balise.takedown.tracing.queries import NoWay, way_to

SECONDS = 5.0


class NotTaken(RuntimeError):
    """The partner's server did not take the message; it is tried again later."""


def post(address: str, *, body: bytes, headers: Mapping[str, str]) -> None:
    """Post a body; raise NotTaken unless the server answers with a 2xx in time."""
    try:
        way = way_to(address)
        answer = request(
            "POST",
            way.pinned,
            body=body,
            headers={**headers, "Host": way.authority},
            line=Line(server_name=way.server_name),
            bounds=Bounds(seconds=SECONDS, longest=0),
        )
    except (NoWay, NoAnswer) as error:
        raise NotTaken(str(error)) from None
    if not answer.is_success:
        raise NotTaken(f"HTTP {answer.status}")
