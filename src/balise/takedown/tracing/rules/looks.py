"""What one look at a page found: codes and flags, an address at most, never a word of the page.

Knows neither Django nor settings: the tracer (`tracer/revisiting.py`) makes looks, the worker reads
them back and checks each part again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Any

from balise.takedown.tracing.rules.public import IPAddress, is_public

MOST_ADDRESSES = 8
LONGEST_URL = 2_000
_HTTP = range(100, 600)


class Answer(StrEnum):
    """Whether anyone answered."""

    ANSWERED = "answered"
    REFUSED = "refused"  # not an address that may be contacted
    NAME_GONE = "name-gone"  # the DNS says that the name no longer exists
    SILENT = "silent"
    UNKNOWN = "unknown"  # the tracer did not say


class Failure(StrEnum):
    """Why nobody answered."""

    NONE = ""
    NAMES = "names"
    TLS = "tls"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    NONSENSE = "nonsense"


class Place(StrEnum):
    """Where the answer came from, beside where it was asked for."""

    SAME = "same"  # or what the site itself makes of it: https, www, a last slash
    SITE = "site"  # another page of the same registrable domain
    HOME = "home"
    SIGN_IN = "sign-in"
    ELSEWHERE = "elsewhere"  # another registrable domain


class Text(StrEnum):
    """How many words a page shows; a page without words may be built by its script."""

    NOT_READ = ""
    NONE = "none"
    SHORT = "short"
    LONG = "long"


class Says(StrEnum):
    """What a page says of itself, by the phrases of `phrases.toml`.

    ALOUD means in its title or a heading, or anywhere where it shows few words.
    """

    GONE = "gone"
    GONE_ALOUD = "gone-aloud"
    BLOCKED = "blocked"
    SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at one page.

    `like_nonsense` says whether a path that cannot exist, beside it, is answered alike (None: not
    compared). `leads_to` is the address that a redirect ended at, "" without one. `addresses` are
    those that the first host's name led to.
    """

    answer: Answer
    failure: Failure = Failure.NONE
    http_status: int | None = None
    place: Place = Place.SAME
    text: Text = Text.NOT_READ
    says: frozenset[Says] = frozenset()
    like_nonsense: bool | None = None
    leads_to: str = ""
    addresses: tuple[IPAddress, ...] = ()


UNKNOWN = Look(answer=Answer.UNKNOWN)


def to_fields(look: Look) -> dict[str, object]:
    """Return a look as the tracer's protocol has it."""
    return {
        "answer": look.answer.value,
        "failure": look.failure.value,
        "http_status": look.http_status,
        "place": look.place.value,
        "text": look.text.value,
        "says": sorted(each.value for each in look.says),
        "like_nonsense": look.like_nonsense,
        "leads_to": look.leads_to[:LONGEST_URL],
        "addresses": [str(ip) for ip in look.addresses[:MOST_ADDRESSES]],
    }


def from_fields(given: object) -> Look:
    """Return the look that the protocol's fields are; UNKNOWN for anything else."""
    if not isinstance(given, Mapping):
        return UNKNOWN
    try:
        return _read(given)
    except (KeyError, TypeError, ValueError):
        return UNKNOWN


def _read(given: Mapping[str, Any]) -> Look:
    status, alike, leads_to = (
        given["http_status"],
        given["like_nonsense"],
        given["leads_to"],
    )
    says, addresses = given["says"], given["addresses"]
    answer = Answer(given["answer"])
    if answer is Answer.ANSWERED and not (type(status) is int and status in _HTTP):
        raise ValueError
    if not isinstance(says, list) or not isinstance(addresses, list):
        raise TypeError
    if not isinstance(leads_to, str) or not (alike is None or isinstance(alike, bool)):
        raise TypeError
    ips = tuple(ip_address(str(each)) for each in addresses[:MOST_ADDRESSES])
    return Look(
        answer=answer,
        failure=Failure(given["failure"]),
        http_status=status if type(status) is int and status in _HTTP else None,
        place=Place(given["place"]),
        text=Text(given["text"]),
        says=frozenset(map(Says, says)),
        like_nonsense=alike,
        leads_to=leads_to if len(leads_to) <= LONGEST_URL else "",
        addresses=tuple(ip for ip in ips if is_public(ip)),
    )
