"""Whether a life is in danger is one question, asked of the queue; who reads a risk A is listed."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.reading import SOURCE

pytestmark = pytest.mark.safety

HELPLINE = SOURCE / "helpline"
# Each file that names the risk A, and why it may: none of them says by it whether a danger is on.
NAMES_A = {
    "console/actions/danger.py": "declares it",
    "console/actions/wrapping.py": "tells a block how grave it is, by what the queue says",
    "console/tasks.py": "reads the words of a call-back that has no place in the queue yet",
    "conversations/actions/saying.py": "says it for the person; says it for words",
    "queue/actions/dangers.py": "lowers it once the danger is over",
    "queue/actions/waiting.py": "declares it",
    "queue/rules/__init__.py": "orders the line",
    "queue/rules/danger_words/__init__.py": "is the highest that words tell",
    "queue/rules/danger_words/trying.py": "keeps an edit from losing it",
    "queue/rules/danger_words/vocabulary.py": "is the highest that words tell",
    "queue/rules/dangers.py": "refuses to lower it",
    "telephony/actions/calling_back.py": "says it for words",
    "telephony/actions/telling.py": "says it for an exchange",
    "telephony/queries.py": "finds call-backs that have no place in the queue yet",
    "telephony/web/forms.py": "tells whom to call now",
}
# Each file that reads the table of dangers; all others ask `queue.queries.dangers`.
READS_THE_TABLE = {
    "queue/actions/dangers.py",
    "queue/actions/waiting.py",
    "queue/queries/dangers.py",
    "queue/module.py",
}


# The look of a letter, wherever it is shown.
LETTER = re.compile(r"{% partialdef risk_tag %}.*?{% endpartialdef risk_tag %}", re.DOTALL)


def files() -> dict[str, ast.Module]:
    """Return our code of the helpline by path, without tests and migrations."""
    found = {}
    for path in HELPLINE.rglob("*.py"):
        if not {"tests", "migrations"} & set(path.parts):
            found[path.relative_to(HELPLINE).as_posix()] = ast.parse(Path(path).read_text("utf-8"))
    return found


def names_a(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == "A"
        and isinstance(node.value, ast.Name)
        and node.value.id == "Risk"
        for node in ast.walk(tree)
    )


def reads_the_table(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "balise.helpline.queue.models"
        and any(one.name == "Danger" for one in node.names)
        for node in ast.walk(tree)
    )


def test_who_names_the_risk_a_is_listed_with_a_reason() -> None:
    assert {name for name, tree in files().items() if names_a(tree)} == set(NAMES_A)


def test_who_reads_the_table_of_dangers_is_listed() -> None:
    assert {name for name, tree in files().items() if reads_the_table(tree)} == READS_THE_TABLE


def test_no_template_says_by_a_risk_whether_a_danger_is_on() -> None:
    told = [
        path.name
        for path in HELPLINE.rglob("*.html")
        for words in ('risk == "A"', "risk.A", "risks.A")
        if words in LETTER.sub("", path.read_text("utf-8"))
    ]
    assert told == []
