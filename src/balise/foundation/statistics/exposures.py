"""The class of each number: what it tells of people, argued in one table (`exposure.toml`)."""

import tomllib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.protection import Exposure

TOTAL: Final = "total"  # the name of a measure's own number, beside those of its codes

type Exposures = Mapping[tuple[str, str], Exposure]

EXPOSURES: dict[tuple[str, str], Exposure] = {}
_KEYED: set[str] = set()


class ExposureFaulty(ValueError):
    """The table has no class for a number, or two, or one for a number that there is not."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class _Argued(_Strict):
    """Numbers of one class, and why they are."""

    exposure: Exposure = Field(alias="class")
    why: Annotated[str, StringConstraints(min_length=20)]
    of: Mapping[str, tuple[str, ...]]


class _Table(_Strict):
    argued: tuple[_Argued, ...]


def read(path: Path) -> Exposures:
    """Return the class of each number, by its measure and what of it; ValueError for another file.

    What of it: `total`, a code (`topic`), or one value of a code (`topic=grooming`).
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    found: dict[tuple[str, str], Exposure] = {}
    for argued in _Table.model_validate(content).argued:
        for measure, names in argued.of.items():
            for name in names:
                if (measure, name) in found:
                    raise ExposureFaulty(f"{measure} {name} has two classes")
                found[measure, name] = argued.exposure
    return found


def register(exposures: Exposures, measures: Iterable[Measure]) -> None:
    """Set the class of each number of all measures; `ExposureFaulty` where one has none.

    The table may have measures of a module that this centre has not turned on.
    """
    names = {each.name: (TOTAL, *each.codes) for each in measures}
    known = {(measure, name) for measure in names for name in names[measure]}
    told = {(measure, name.partition("=")[0]) for measure, name in exposures if measure in names}
    if missing := sorted(known - exposures.keys()):
        raise ExposureFaulty("no class: " + _listed(missing))
    if strange := sorted(told - known):
        raise ExposureFaulty("no such number: " + _listed(strange))
    EXPOSURES.clear()
    EXPOSURES.update(exposures)
    _KEYED.clear()
    _KEYED.update(measure for (measure, _name), each in exposures.items() if each.is_protected)


def _listed(numbers: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{measure} {name}" for measure, name in numbers)


def exposure_of(measure: str, by: str = "", code: str = "") -> Exposure:
    """Return the class of a measure's number, of its breakdown by a code, or of one value of it.

    LookupError for a number that has none.
    """
    if code and (found := EXPOSURES.get((measure, f"{by}={code}"))):
        return found
    return EXPOSURES[measure, by or TOTAL]


def protected_pairs() -> list[tuple[str, str]]:
    """Return each measure with a code that some number of it is protected by; "" for its own."""
    names = {
        (measure, "" if name == TOTAL else name.partition("=")[0])
        for (measure, name), each in EXPOSURES.items()
        if each.is_protected
    }
    return sorted(names)


def is_keyed(measure: str) -> bool:
    """Return whether some number of a measure is protected, so that its units have record keys."""
    return measure in _KEYED


def definition_of(measure: Measure) -> str:
    """Return the digest of a measure as it is counted: it changes when it is keyed as well."""
    if not is_keyed(measure.name):
        return measure.definition
    return sha256(f"{measure.definition}|keys".encode()).hexdigest()
