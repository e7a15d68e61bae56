"""`balise quiz check`: a quiz as a file, or questions of another program, before it comes in."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management.base import BaseCommand

from balise.awareness.activities.quizzes.rules import MOST_BYTES, findings, read
from balise.awareness.questions.documents import imports
from balise.awareness.questions.rules.checking import Finding
from balise.awareness.questions.rules.imports import FileFaulty
from balise.awareness.questions.rules.plain import NotPlain, refuse_markup
from balise.foundation import apart
from balise.foundation.apart import Unreadable
from balise.foundation.faults import (
    Checked,
    Fault,
    line_in,
    line_of,
    missing,
    of_unreadable,
    tell as tell_checked,
)
from balise.foundation.packs import PackFaulty

HELP: Final = "check a quiz: exit status 0 without faults, 1 with some"
_GIFT: Final = (".gift", ".txt")


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help=".toml; or GIFT (.gift, .txt), QTI 2.2 (.xml, .zip)"
    )
    parser.add_argument("--json", action="store_true", help="one line of JSON")


def tell(command: BaseCommand, asked: Namespace) -> None:
    """Write what is wrong with a file; end with a status of 1 where something is."""
    file: Path = asked.file
    try:
        octets = apart.octets_of(file, most=MOST_BYTES)
        is_other = file.suffix in _GIFT or octets.lstrip().startswith((b"PK", b"<"))
        found = (_of_other if is_other else _of_toml)(str(file), octets)
    except Unreadable as fault:
        found = Checked(str(file), [of_unreadable(fault)])
    except OSError as error:
        found = Checked(str(file), [missing(error)])
    tell_checked(command, found, of="questions", as_json=asked.json)


def _of_toml(file: str, octets: bytes) -> Checked:
    """Return what is found in the quizzes of a file. Raises Unreadable."""
    text, told = octets.decode("utf-8", "replace"), apart.toml(octets).get("quizzes")
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told) or not told:
        return Checked(file, [Fault(None, "quizzes", "The file holds quizzes, under [[quizzes]].")])
    faults, remarks, many = list[Fault](), list[Fault](), 0
    languages = [code for code, _name in settings.LANGUAGES]
    for each in told:
        try:
            refuse_markup(each)
            quiz = read(each)
        except NotPlain as refused:
            faults.append(Fault(None, refused.code, str(refused), str(each.get("code", ""))))
            continue
        except PackFaulty as fault:
            faults.append(Fault(_line_of(text, fault), "quiz", str(fault)))
            continue
        many += len(quiz.questions)
        for one in findings(quiz, languages=languages):
            (faults if one.stops else remarks).append(_fault(text, one))
    return Checked(file, faults, remarks, many)


def _of_other(file: str, octets: bytes) -> Checked:
    """Return what was left out of a file of another program."""
    try:
        found = imports.read(octets, language=settings.LANGUAGE_CODE)
    except FileFaulty as refused:
        return Checked(file, [Fault(None, refused.code, str(refused))])
    left = [
        Fault(line_in(each.where), each.why.value, str(each.why.label), each.where)
        for each in found.left_out
    ]
    return Checked(file, left, many=len(found.rows))


def _fault(text: str, found: Finding) -> Fault:
    return Fault(line_of(text, found.where), found.code, found.message, found.where)


def _line_of(text: str, fault: PackFaulty) -> int | None:
    """Return the line of what a fault names by its codes, as in “my-quiz.third: …”."""
    codes = str(fault).partition(":")[0].split(".")
    return next((line for code in codes[::-1] if (line := line_of(text, code))), None)
