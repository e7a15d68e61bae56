"""How long results of a survey take: 200 questions, 10,000 answers, weighted, by two groups.

The answers are read from the database as a publication reads them; `DATABASE_URL` chooses it, an
empty one. Printed are the parts of it, and the whole beside its bound.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

QUESTIONS = 200
ANSWERS = 10_000
ROUNDS = 5
GOAL_MS = 1000.0


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        given = os.environ.get("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
            "BALISE_HOME": folder,
            "BALISE_SECRET_KEY": "a bench has nothing to hide, and needs sixty characters for it",
            "DATABASE_URL": given,
        }
        import django  # noqa: PLC0415 - settings first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        measure()


def measure() -> None:
    """Fill, ask, and print each part, and the whole beside its bound."""
    from django.db import connection  # noqa: PLC0415

    from balise.awareness.surveys.models import Survey  # noqa: PLC0415
    from balise.awareness.surveys.queries import results  # noqa: PLC0415
    from balise.awareness.surveys.queries.answers import answers_of  # noqa: PLC0415

    survey = fill()
    say(f"{connection.vendor}; load {os.getloadavg()[0]:.0f}; median of {ROUNDS}")
    say(f"{QUESTIONS} questions, {ANSWERS:,} answers; weighted by three, crossed by two")
    row = Survey.objects.get(id=survey)
    ask("answers read", lambda: answers_of(survey))
    answered = answers_of(survey)
    ask("results computed", lambda: results.compute_all(answered, minimum=11, weighted=True))
    ask("both", lambda: results.computed(row, weighted=True), bound=True)
    left = results.computed(row, weighted=True).left
    ask("with an edition before", lambda: results.computed(row, weighted=True, before=[left]))


def fill() -> Any:
    """Store a survey, its wording and its answers. Return the survey's id."""
    from balise.awareness.surveys.models import AnswerSet, Survey, Wording  # noqa: PLC0415
    from balise.awareness.surveys.rules import weighting  # noqa: PLC0415
    from balise.foundation import rows  # noqa: PLC0415

    source = wording()
    survey = Survey.objects.create(
        slug="bench", words={}, opens_on=date(2026, 1, 1), closes_on=date(2026, 2, 1), state="open"
    )
    made = Wording.objects.create(
        survey=survey,
        number=1,
        source=source,
        hash=weighting.digest(source),
        published_on=date(2026, 1, 1),
    )
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    day = date(2026, 1, 2)
    lines = (
        "\t".join(answer(question, chance) for question in source["sections"][0]["questions"])
        for _nth in range(ANSWERS)
    )
    rows.insert(
        AnswerSet,
        ("id", "wording", "day", "answers"),
        [(uuid4(), made.id, day, line) for line in lines],
    )
    return survey.id


def wording() -> dict[str, Any]:
    """Return three questions of the background, then one, several, number and order in turn."""
    kinds = ("one", "one", "one", *("one", "several", "one", "number", "one", "order") * 34)
    questions = []
    for nth, kind in enumerate(kinds[:QUESTIONS]):
        words = {"fr": f"Question {nth} ?"}
        question: dict[str, Any] = {"code": f"q{nth}", "kind": kind, "asks": words}
        if kind == "number":
            question |= {"least": 0, "most": 100, "optional": True}
        else:
            letters = "abcd" if nth else "abcdef"
            question["choices"] = [{"code": one, "says": {"fr": one}} for one in letters]
        questions.append(question)
    shares = ({"a": 10, "b": 20, "c": 20, "d": 20, "e": 15, "f": 15}, *[quarter()] * 2)
    return {
        "sections": [{"code": "all", "questions": questions}],
        "known": [{"question": f"q{nth}", "shares": each} for nth, each in enumerate(shares)],
        "crossed_by": ["q0", "q1"],
    }


def quarter() -> dict[str, float]:
    return {"a": 30, "b": 25, "c": 25, "d": 20}


def answer(question: dict[str, Any], chance: random.Random) -> str:
    """Return one answer, one in thirty left out."""
    if question["code"] not in {"q0", "q1", "q2"} and chance.random() < 1 / 30:
        return "-"
    if question["kind"] == "number":
        return str(chance.randrange(0, 100))
    letters: list[str] = [each["code"] for each in question["choices"]]
    if question["kind"] == "one":
        return chance.choices(letters, range(len(letters), 0, -1))[0]
    if question["kind"] == "several":
        return "".join(each for each in letters if chance.random() < 0.4) or "-"  # noqa: PLR2004
    return "".join(chance.sample(letters, len(letters)))


def ask(what: str, question: Callable[[], object], *, bound: bool = False) -> None:
    """Print the medians of a question, and whether it is within the bound."""
    waited, busy = [], []
    for _round in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        question()
        waited.append(1000 * (time.perf_counter() - began))
        busy.append(1000 * (time.process_time() - used))
    took, processor = statistics.median(waited), statistics.median(busy)
    is_met = ("met" if took <= GOAL_MS else "MISSED") if bound else ""
    says = f", of {GOAL_MS:.0f} {is_met}" if bound else ""
    say(f"{what:<24}{took:>7.0f} ms, processor {processor:>5.0f} ms{says}")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
