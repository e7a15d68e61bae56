"""What the cells of one report mean, whether they come from the form or from a line of a file.

The same rules as over the API hold: `reports.rules.given` reads what this makes of the cells.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from balise.hotline.desk.rules.columns import plain
from balise.hotline.reports.rules.categories import categories
from balise.hotline.reports.rules.given import (
    Answers,
    AnswersFaulty,
    Elsewhere,
    Fault,
    Given,
    Note,
    notes_of,
    read,
)
from balise.hotline.reports.rules.words import PlaceKind
from balise.takedown.tracing.rules.written import apart

_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_TIME = re.compile(r"(?P<hour>\d{1,2})\s*(?:[h:](?P<minute>\d{2})?)(?::\d{2})?\s*", re.IGNORECASE)
_NO_HOUR = 24
_LINE_END = re.compile(r"[\r\n]+")
_YES = frozenset({"yes", "y", "oui", "o", "true", "vrai", "1", "x", "on"})
_NO = frozenset({"", "no", "n", "non", "false", "faux", "0"})

_NO_DAY = _("Enter a date such as 24/11/2026 or 2026-11-24.")
_NO_TIME = _("Enter a time such as 15:30.")
_NEITHER = _("Enter yes or no.")
_NO_SUCH_CATEGORY = _("This category does not exist. Choose one of the list, or leave it empty.")


@dataclass(frozen=True, slots=True)
class Understood:
    """What the cells say, or every reason why they cannot be taken."""

    answers: Answers | None
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...] = ()


def understand(cells: Mapping[str, str], *, country: str, today: date) -> Understood:
    """Return what the cells of a report say; no error leaves here."""
    faults: list[Fault] = []
    as_written = _yes(cells, "as_written", faults)
    given = Given(
        addresses=_addresses(cells.get("address", ""), as_written=as_written),
        as_written=as_written,
        places=_places(cells),
        category=_category(cells.get("category", ""), country, faults),
        danger=_yes(cells, "danger", faults),
        met_on=_day(cells.get("met_on", ""), faults),
        met_time=_time(cells.get("met_time", ""), faults),
        description=cells.get("description", "").strip(),
        reference=cells.get("reference", "").strip(),
        identities=cells.get("identities", "").strip(),
        context=cells.get("context", "").strip(),
    )
    answers = None
    try:
        answers = read(given, country=country, today=today)
    except AnswersFaulty as refusal:
        faults += (_in_our_words(fault) for fault in refusal.faults)
    if faults or answers is None:
        return Understood(None, tuple(faults))
    return Understood(answers, (), notes_of(answers.places))


def as_a_form_has_it(cells: Mapping[str, str], *, country: str) -> dict[str, str]:
    """Return cells with codes and ISO days in the place of what a form has no words for.

    What cannot be read stays as it was written.
    """
    ignored: list[Fault] = []
    day, hour = _day(cells.get("met_on", ""), ignored), _time(cells.get("met_time", ""), ignored)
    kind = plain(cells.get("place_kind", ""))
    return {
        **cells,
        "category": _category(cells.get("category", ""), country, ignored)
        or cells.get("category", ""),
        "place_kind": _KINDS.get(kind, kind),
        "met_on": day.isoformat() if day else cells.get("met_on", ""),
        "met_time": f"{hour:%H:%M}" if hour else cells.get("met_time", ""),
        "danger": "yes" if plain(cells.get("danger", "")) in _YES else "",
        "as_written": "yes" if plain(cells.get("as_written", "")) in _YES else "",
    }


def as_cells(answers: Answers) -> dict[str, str]:
    """Return answers as the cells that say them."""
    web = [place.text for place in answers.places if place.kind is PlaceKind.WEB]
    elsewhere = next((place for place in answers.places if place.kind is not PlaceKind.WEB), None)
    return {
        "address": "\n".join(web),
        "as_written": "",
        "place": elsewhere.text if elsewhere else "",
        "place_kind": elsewhere.kind.value if elsewhere else "",
        "service": elsewhere.service if elsewhere else "",
        "category": answers.category,
        "met_on": answers.met_on.isoformat() if answers.met_on else "",
        "met_time": f"{answers.met_time:%H:%M}" if answers.met_time is not None else "",
        "description": answers.description,
        "identities": answers.identities,
        "context": answers.context,
        "danger": "yes" if answers.danger else "",
        "reference": answers.reference,
    }


def where_of(answers: Answers) -> dict[str, str]:
    """Return the cells that say where a report's contents are, and no other."""
    cells = as_cells(answers)
    return {code: cells[code] for code in ("address", "place", "place_kind", "service")}


def _addresses(cell: str, *, as_written: bool) -> list[str]:
    """Return the addresses of a cell: each on a line, or one after the other on one line."""
    lines = [line.strip() for line in _LINE_END.split(cell) if line.strip()]
    return lines if as_written else [each for line in lines for each in apart(line)]


def _places(cells: Mapping[str, str]) -> list[Elsewhere]:
    text = cells.get("place", "").strip()
    if not text:
        return []
    kind = plain(cells.get("place_kind", "")) or PlaceKind.APP.value
    return [Elsewhere(kind=_KINDS.get(kind, kind), text=text, service=cells.get("service", ""))]


def _category(text: str, country: str, faults: list[Fault]) -> str:
    wanted = plain(text)
    if not wanted:
        return ""
    for one in categories(country):
        words = (
            one.code,
            *one.also,
            *(word for each in (one.name, one.label) for _l, word in each.by_language),
        )
        if wanted in map(plain, words):
            return one.code
    faults.append(Fault("category", "unknown-code", str(_NO_SUCH_CATEGORY)))
    return ""


def _yes(cells: Mapping[str, str], column: str, faults: list[Fault]) -> bool:
    word = plain(cells.get(column, ""))
    if word not in _YES | _NO:
        faults.append(Fault(column, "neither", str(_NEITHER)))
    return word in _YES


def _day(text: str, faults: list[Fault]) -> date | None:
    written = text.strip()
    if not written:
        return None
    found = _DAY.fullmatch(written)
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        return datetime.fromisoformat(written).date()
    except ValueError:
        faults.append(Fault("met_on", "not-a-day", str(_NO_DAY)))
        return None


def _time(text: str, faults: list[Fault]) -> time | None:
    written = text.strip()
    if not written:
        return None
    found = _TIME.fullmatch(written)
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (_NO_HOUR, 0)
    try:
        return time(hour, minute)
    except ValueError:
        faults.append(Fault("met_time", "not-a-time", str(_NO_TIME)))
        return None


def _in_our_words(fault: Fault) -> Fault:
    """Name the column where the API names a list."""
    field = {"addresses": "address", "places": "place"}.get(fault.field, fault.field)
    return Fault(field, fault.code, fault.message, fault.index)


_KINDS = {
    "application": PlaceKind.APP.value,
    "appli": PlaceKind.APP.value,
    "messagerie": PlaceKind.MESSAGING.value,
    "message": PlaceKind.MESSAGING.value,
    "jeu": PlaceKind.GAME.value,
    "telephone": PlaceKind.PHONE.value,
    "sms": PlaceKind.PHONE.value,
}
