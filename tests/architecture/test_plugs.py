"""Nothing that has to be plugged in is left hanging, and nothing is plugged over something else."""

import ast
from collections import Counter
from pathlib import Path

from balise.config import wiring
from balise.foundation.ports import PORTS
from tests.walks import of_each


@of_each("port", PORTS, ids=lambda port: port.name)
def test_a_port_is_plugged(port: object) -> None:
    assert getattr(port, "is_plugged", False)


def test_no_port_is_plugged_over_another_answer() -> None:
    """The second answer would replace the first without a word, as it did for workshops."""
    plugged = Counter(
        ast.unparse(call.func.value)
        for file in Path(*wiring.__path__).rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "plug"
    )
    assert plugged
    assert {port: times for port, times in plugged.items() if times > 1} == {}
