"""The plan for hard moments, as a pack writes it: a version for children, one for older. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.app.rules import PACKAGE


@dataclass(frozen=True, slots=True)
class Step:
    """A step: one writes in it (`asks`), reads whom to call (`numbers`), or asks an adult."""

    code: str
    title: Words
    hint: Words
    asks: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """The plan for one age; `with_adult`: it says to make it with an adult."""

    code: str
    label: Words
    lead: Words
    with_adult: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan: its name, what it is, where it stays, and its versions."""

    title: Words
    lead: Words
    stays: Words
    versions: tuple[PlanVersion, ...]


@cache
def plan(country: str) -> Plan:
    """Return the plan of a country, or PackFaulty."""
    try:
        found = _plan(load(PACKAGE, country=country, name="plan")["plan"])
    except (KeyError, TypeError, ValueError) as fault:
        raise PackFaulty(f"plan: {fault!r}") from fault
    for wrong in faults(found):
        raise PackFaulty(f"plan: {wrong}")
    return found


def faults(found: Plan) -> Iterator[str]:
    """Yield what keeps the plan from being shown, one line each."""
    if not any(one.with_adult for one in found.versions):
        yield "no version says to make it with an adult"
    for one in found.versions:
        codes = [step.code for step in one.steps]
        if len(set(codes)) != len(codes):
            yield f"{one.code}: a step stands twice"
        if not any(step.numbers for step in one.steps):
            yield f"{one.code}: no step says whom to call"
        if any(step.asks and step.numbers for step in one.steps):
            yield f"{one.code}: a step is written in or says whom to call"


def _plan(told: Mapping[str, Any]) -> Plan:
    return Plan(
        title=Words.read(told["title"], where="plan"),
        lead=Words.read(told["lead"], where="plan"),
        stays=Words.read(told["stays"], where="plan"),
        versions=tuple(_version(one) for one in told["versions"]),
    )


def _version(told: Mapping[str, Any]) -> PlanVersion:
    code = str(told["code"])
    return PlanVersion(
        code=code,
        label=Words.read(told["label"], where=code),
        lead=Words.read(told["lead"], where=code),
        with_adult=bool(told.get("with_adult", False)),
        steps=tuple(
            Step(
                code=str(one["code"]),
                title=Words.read(one["title"], where=f"plan.{code}"),
                hint=Words.read(one["hint"], where=f"plan.{code}"),
                asks=bool(one.get("asks", False)),
                numbers=tuple(str(each) for each in one.get("numbers", ())),
            )
            for one in told["steps"]
        ),
    )
