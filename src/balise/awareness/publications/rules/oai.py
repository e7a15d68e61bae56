"""What a harvester may ask (OAI-PMH 2.0), and what is the matter with what it asked. Pure.

A record is a page in one language. Its identifier keeps the page's key, so that a page that moves
stays the same record. Records come in the order in which they last changed: one that changes while
a harvester reads comes again at the end, and none is missed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from balise.awareness.publications.rules.taxonomy import Facet
from balise.foundation.refusals import Refused

PAGE: Final = 100  # records of an answer
SETS: Final = ("kind", "topic")  # facets whose terms are sets
_LONGEST_TOKEN: Final = 1000  # characters
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Verb(StrEnum):
    """What a harvester asks for."""

    IDENTIFY = "Identify"
    FORMATS = "ListMetadataFormats"
    SETS = "ListSets"
    IDENTIFIERS = "ListIdentifiers"
    RECORDS = "ListRecords"
    RECORD = "GetRecord"


LISTS: Final = frozenset({Verb.IDENTIFIERS, Verb.RECORDS})
# The arguments that each verb must have, and those that it may have.
_ARGUMENTS: Final[Mapping[Verb, tuple[frozenset[str], frozenset[str]]]] = {
    Verb.IDENTIFY: (frozenset(), frozenset()),
    Verb.FORMATS: (frozenset(), frozenset({"identifier"})),
    Verb.SETS: (frozenset(), frozenset()),
    Verb.IDENTIFIERS: (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    Verb.RECORDS: (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    Verb.RECORD: (frozenset({"identifier", "metadataPrefix"}), frozenset()),
}
_RESUMED: Final = frozenset({*LISTS, Verb.SETS})


class Fault(StrEnum):
    """The errors of the protocol."""

    ARGUMENT = "badArgument"
    TOKEN = "badResumptionToken"  # noqa: S105 - the protocol's word
    VERB = "badVerb"
    FORMAT = "cannotDisseminateFormat"
    IDENTIFIER = "idDoesNotExist"
    NOTHING = "noRecordsMatch"


class BadRequest(Refused):
    """A harvester asked for what the protocol does not allow, or for what there is not."""

    def __init__(self, fault: Fault, message: str) -> None:
        self.fault = fault
        super().__init__(message)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Where a record stands in the order of all."""

    at: datetime
    key: UUID
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a harvester asked for; records changed at `since` or later, and before `before`."""

    verb: Verb
    prefix: str = ""
    identifier: str = ""
    of: str = ""  # a set
    since: datetime | None = None
    before: datetime | None = None
    after: Mark | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What is said of a record without its words; `page` is None once it is withdrawn."""

    mark: Mark
    sets: tuple[str, ...]
    page: int | None = None


def asked(
    given: Mapping[str, Sequence[str]],
    *,
    prefixes: Iterable[str],
    opened: Callable[[str], Mapping[str, Any] | None],
) -> Asked:
    """Return what a request asks for; raise BadRequest.

    `opened` returns what was put in a resumption token, None for one that is not ours.
    """
    words = given.get("verb", ())
    if len(words) != 1 or words[0] not in Verb:
        raise BadRequest(Fault.VERB, "The verb is missing, repeated or unknown.")
    verb = Verb(words[0])
    arguments = {name: values for name, values in given.items() if name != "verb"}
    if repeated := [name for name, values in arguments.items() if len(values) != 1]:
        raise BadRequest(Fault.ARGUMENT, f"Repeated argument: {min(repeated)}.")
    one = {name: values[0] for name, values in arguments.items()}
    if verb in _RESUMED and "resumptionToken" in one:
        if len(one) > 1:
            raise BadRequest(Fault.ARGUMENT, "A resumptionToken comes without other arguments.")
        return _resumed(verb, one["resumptionToken"], opened)
    must, may = _ARGUMENTS[verb]
    if missing := must - one.keys():
        raise BadRequest(Fault.ARGUMENT, f"Missing argument: {min(missing)}.")
    if unknown := one.keys() - must - may:
        raise BadRequest(Fault.ARGUMENT, f"Illegal argument: {min(unknown)[:60]}.")
    prefix = one.get("metadataPrefix", "")
    if prefix and prefix not in prefixes:
        raise BadRequest(Fault.FORMAT, "Records are not given in this format.")
    since, before = _window(one.get("from"), one.get("until"))
    return Asked(
        verb=verb,
        prefix=prefix,
        identifier=one.get("identifier", ""),
        of=one.get("set", ""),
        since=since,
        before=before,
    )


def held(asked_for: Asked, last: Mark) -> dict[str, Any]:
    """Return what a resumption token holds: what was asked, and the last record given."""
    return {
        "verb": asked_for.verb.value,
        "prefix": asked_for.prefix,
        "of": asked_for.of,
        "since": asked_for.since.isoformat() if asked_for.since else "",
        "before": asked_for.before.isoformat() if asked_for.before else "",
        "after": [last.at.isoformat(), last.key.hex, last.language],
    }


def identifier(host: str, key: UUID, language: str) -> str:
    """Return the identifier of a page in one language, for good."""
    return f"oai:{host}:{key}/{language}"


def named(text: str, *, host: str) -> tuple[UUID, str]:
    """Return the key and the language that an identifier names; raise BadRequest."""
    begins = f"oai:{host}:"
    key, _, language = text.removeprefix(begins).partition("/")
    try:
        found = UUID(key)
    except ValueError:
        raise unknown_identifier() from None
    if not text.startswith(begins) or identifier(host, found, language) != text:
        raise unknown_identifier()
    return found, language


def unknown_identifier() -> BadRequest:
    """Return the refusal of an identifier that no record has or had."""
    return BadRequest(Fault.IDENTIFIER, "No record has this identifier.")


def sets_of(codes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the sets that a page is in."""
    return tuple(f"{facet}-{code}" for facet in SETS for code in codes.get(facet, ()))


def all_sets(facets: Mapping[str, Facet]) -> dict[str, str]:
    """Return each set with its name, in the language that is read."""
    return {
        f"{facet}-{term.code}": f"{facets[facet].label} – {term.label}"
        for facet in SETS
        for term in facets[facet].terms.values()
    }


def stamp(at: datetime) -> str:
    """Return a moment as the protocol writes it, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _resumed(verb: Verb, token: str, opened: Callable[[str], Mapping[str, Any] | None]) -> Asked:
    said = opened(token) if len(token) <= _LONGEST_TOKEN else None
    if said is None or said["verb"] != verb:
        raise BadRequest(Fault.TOKEN, "This resumptionToken is not one of ours, or of this verb.")
    at, key, language = said["after"]
    whole = Asked(verb=verb, prefix=said["prefix"], of=said["of"])
    return replace(
        whole,
        since=datetime.fromisoformat(said["since"]) if said["since"] else None,
        before=datetime.fromisoformat(said["before"]) if said["before"] else None,
        after=Mark(datetime.fromisoformat(at), UUID(key), language),
    )


def _window(since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    """Return the first moment of a window and the first one after it; both ends are in it."""
    if since and until and len(since) != len(until):
        raise BadRequest(Fault.ARGUMENT, "from and until have different granularities.")
    first = _moment(since)[0] if since is not None else None
    after = _moment(until)[1] if until is not None else None
    if first and after and first >= after:
        raise BadRequest(Fault.ARGUMENT, "from is after until.")
    return first, after


def _moment(text: str) -> tuple[datetime, datetime]:
    """Return the beginning of a day or a second, and that of the next."""
    try:
        if _DAY.fullmatch(text):
            begins = datetime.combine(date.fromisoformat(text), time(), UTC)
            return begins, begins + timedelta(days=1)
        if _MOMENT.fullmatch(text):
            begins = datetime.fromisoformat(text)
            return begins, begins + timedelta(seconds=1)
    except (ValueError, OverflowError):
        pass
    raise BadRequest(Fault.ARGUMENT, "A date is YYYY-MM-DD, or YYYY-MM-DDThh:mm:ssZ.")
