"""What is wrong with a file of people, as the commands that check one say it."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import orjson
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from balise.foundation.apart import Unreadable

_LINE: Final = re.compile(r"\bline (\d{1,9})\b")
_FAULTY: Final = 1  # exit status


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to put right: its line where that is known, its code, and in words.

    `where` is the question, the scene or the other file that it is of.
    """

    line: int | None
    code: str
    words: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked. Remarks stop nothing; `many` are its questions, or its scenes."""

    file: str
    faults: Sequence[Fault] = ()
    remarks: Sequence[Fault] = ()
    many: int = 0

    def told(self, of: str) -> dict[str, object]:
        """Return it as JSON holds it; `of` names what was counted."""
        ways = {"faults": self.faults, "remarks": self.remarks}
        told = {name: [asdict(each) for each in found] for name, found in ways.items()}
        return {"file": self.file, "ok": not self.faults, **told, of: self.many}


def unreadable(fault: Unreadable) -> str:
    """Return in words why a file in TOML or JSON cannot be read, and where."""
    match fault.code:
        case "text":
            return _("The file is not text in UTF-8.")
        case "toml":
            return _("The file is not TOML: %(why)s") % {"why": fault.detail}
        case "json":
            return _("The file is not JSON: %(why)s") % {"why": fault.detail}
        case "key-twice":
            return _("The file names “%(key)s” twice.") % {"key": fault.detail}
        case _:
            return _("The file cannot be read within our limits.")


def of_unreadable(fault: Unreadable) -> Fault:
    """Return what cannot be read as a fault, with the line that its reader names."""
    return Fault(line_in(fault.detail), fault.code, unreadable(fault))


def line_in(words: str) -> int | None:
    """Return the number of the line that words of a reader name."""
    found = _LINE.search(words)
    return int(found[1]) if found else None


def line_of(text: str, code: str) -> int | None:
    """Return the number of the line on which TOML or JSON gives something this code."""
    given = re.search(rf'\bcode"?\s*[=:]\s*["\']{re.escape(code)}["\']', text) if code else None
    return text.count("\n", 0, given.start()) + 1 if given else None


def missing(error: OSError) -> Fault:
    """Return a file that the system does not give as a fault."""
    return Fault(None, "file", error.strerror or "The file cannot be opened.")


def tell(command: BaseCommand, found: Checked, *, of: str, as_json: bool, **more: object) -> None:
    """Write what was found, one line of JSON where asked; end with a status of 1 for a fault."""
    if as_json:
        command.stdout.write(orjson.dumps({**found.told(of), **more}).decode())
    else:
        for each in (*found.faults, *found.remarks):
            where = ":".join(str(one) for one in (each.where or found.file, each.line) if one)
            command.stdout.write(f"{where}: {each.words} [{each.code}]")
        command.stdout.write(f"{found.many} {of}, {len(found.faults)} faults")
    if found.faults:
        raise SystemExit(_FAULTY)
