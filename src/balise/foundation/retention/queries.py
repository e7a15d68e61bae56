"""Retention rules, what is due now, and the results of the last nights."""

from dataclasses import dataclass

from balise.foundation import clock
from balise.foundation.retention.models import Applied, Run
from balise.foundation.retention.rules import RULES, Rule


@dataclass(frozen=True, slots=True)
class Due:
    """How many records a rule would erase now."""

    rule: Rule
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule, and what it came to the last time it was applied."""

    rule: Rule
    last: Applied | None


def due_now() -> list[Due]:
    """Return what each rule would erase now, and erase nothing."""
    moment = clock.now()
    return [Due(rule, rule.due(moment).count()) for rule in RULES.values()]


def standings() -> list[Standing]:
    """Return every rule by line, with its last result."""
    run = Run.objects.filter(applied__isnull=False).order_by("-id").first()
    last = {one.rule: one for one in run.applied.select_related("run")} if run else {}
    ordered = sorted(RULES.values(), key=lambda rule: (rule.line, rule.name))
    return [Standing(rule, last.get(rule.name)) for rule in ordered]


def last_runs(*, limit: int = 30) -> list[Run]:
    """Return the last runs with what each rule came to, the latest first."""
    return list(Run.objects.order_by("-id").prefetch_related("applied")[:limit])


def refused() -> Run | None:
    """Return the last run if it was refused: then nothing is forgotten until someone looks."""
    last = Run.objects.order_by("-id").first()
    return last if last is not None and last.is_refused else None
