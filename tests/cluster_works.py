"""Tasks for a cluster in tests; they import nothing of the house."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

from balise.foundation.limited.child import CannotWork


def wait(document: dict[str, Any]) -> dict[str, Any]:
    """Take the seconds that the document says, and return which node did it, and what it knows."""
    if started := document.get("started"):  # a file: a dot for each task that began
        path = Path(os.environ["BALISE_STORAGE"]) / started
        with path.open("a", encoding="ascii") as file:
            file.write(".")
    threading.Event().wait(document["seconds"])
    return {
        "node": os.getppid(),
        "is_django_there": "django" in sys.modules,
        "knows": sorted(name for name in os.environ if name.startswith(("BALISE_", "DJANGO_"))),
    }


def refuse(document: dict[str, Any]) -> None:
    """Refuse, with the code of the document."""
    raise CannotWork(document["code"])


def fail(_document: dict[str, Any]) -> None:
    """Fail as a program does that is wrong."""
    raise ZeroDivisionError


def end(_document: dict[str, Any]) -> None:
    """End the process, each time."""
    os._exit(1)


class Holder:
    """Something that a node holds."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._name = document["name"]

    def answer(self, document: dict[str, Any], octets: bytes) -> bytes:
        """Answer with all that it was given."""
        return f"{self._name} {document['within']} {octets.decode()}".encode()
