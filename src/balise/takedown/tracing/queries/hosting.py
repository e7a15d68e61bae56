"""Where content was hosted: in clear; the last trace, opened for people who may read it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import KeyForgotten, blind, key_of_line
from balise.takedown.tracing import access
from balise.takedown.tracing.models import HostedAt, Inquiry
from balise.takedown.tracing.rules.live import Found, LiveTrace, problem_words
from balise.takedown.tracing.rules.registers import Problem

SEALED = "takedown_tracing.hostedat.sealed"
MOST_STAYS = 50


@dataclass(frozen=True, slots=True)
class Stay:
    """A content in one network: since when, seen there last, until when it was elsewhere."""

    network: str
    asn: int | None
    country: str
    cdn: str
    since: datetime
    seen_at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """When a content was last traced; `found` is None until an answer came.

    `said` is what stayed unknown or doubtful, in words.
    """

    at: datetime
    found: Found | None
    said: tuple[str, ...]

    @property
    def has_found(self) -> bool:
        return self.found is Found.HOST


def last_asked(*, line: str, subject: UUID, seen_by: Actor) -> Asked | None:
    """Return when a content was last traced and what came back; nothing sealed is opened."""
    access.require(seen_by, access.READ, line=line)
    one = Inquiry.objects.filter(line=line, subject=subject).first()
    if one is None:
        return None
    problems = (Problem(*said.split(":", 1)) for said in one.problems.splitlines())
    return Asked(
        at=one.asked_at,
        found=Found(one.found) if one.found else None,
        said=tuple(dict.fromkeys(map(problem_words, problems))),
    )


def history(*, line: str, subject: UUID, seen_by: Actor) -> tuple[Stay, ...]:
    """Return where a content was, the last place first; nothing sealed is opened."""
    access.require(seen_by, access.READ, line=line)
    return _stays(line=line, subject=subject)


def history_of_host(*, line: str, host: str, seen_by: Actor) -> tuple[Stay, ...]:
    """Return where any of the line's contents under one host name were, the last first."""
    access.require(seen_by, access.READ, line=line)
    return _stays(line=line, host_key=host_key(line, host))


def last_trace(*, line: str, subject: UUID, seen_by: Actor) -> LiveTrace | None:
    """Return a content's last live trace, opened; None where there is none, or it is forgotten.

    Needs the line's private key. The caller has logged that the content is opened.
    """
    access.require(seen_by, access.READ, line=line)
    stay = HostedAt.objects.filter(line=line, subject=subject).order_by("-since").first()
    if stay is None:
        return None
    try:
        key = key_of_line(line, stay.id)
    except KeyForgotten:
        return None
    return from_fields(key.open(stay.sealed, where=SEALED, row=stay.id))


def host_key(line: str, host: str) -> bytes:
    """Return the blind index of a host name or address within a line."""
    return blind(line, "hosting.host", host)


def to_fields(trace: LiveTrace) -> dict[str, Any]:
    """Return a trace as the fields that are sealed."""
    fields: dict[str, Any] = _adapter().dump_python(trace, mode="json")
    return fields


def from_fields(fields: dict[str, Any]) -> LiveTrace:
    """Return the trace that `to_fields` wrote."""
    return _adapter().validate_python(fields)


@cache
def _adapter() -> TypeAdapter[LiveTrace]:
    return TypeAdapter(LiveTrace)


def _stays(**of: object) -> tuple[Stay, ...]:
    found = HostedAt.objects.filter(**of).defer("sealed").order_by("-since", "-seen_at")
    return tuple(
        Stay(
            network=one.network,
            asn=one.asn,
            country=one.country,
            cdn=one.cdn,
            since=one.since,
            seen_at=one.seen_at,
            until=one.until,
        )
        for one in found[:MOST_STAYS]
    )
