"""What people write in the demonstration is ordinary: it alarms once in a hundred at most.

Without a database: the messages are the texts that stand in its modules.
"""

import ast
import sys
from pathlib import Path

import pytest

import balise
from balise.helpline.queue.rules.danger_words import RAISES, risk_of

ROOT = Path(balise.__file__).parent
MODULES = (
    *sorted(ROOT.glob("helpline/*/demonstration.py")),
    *sorted(ROOT.glob("demonstration/day/*.py")),
    *(ROOT / "demonstration/season2023" / name for name in ("helpline.py", "removals.py")),
)
FEWEST_WORDS = 3
FEWEST = 40  # messages
MOST = 0.01
NOTED = {"_SUMMARIES"}  # what a listener noted, of a danger too


def texts(module: Path) -> set[str]:
    """Return the sentences of a module, without docstrings and what listeners noted."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    others = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in tree.body:
        if isinstance(node, ast.Assign) and NOTED & {ast.unparse(name) for name in node.targets}:
            others |= {id(each) for each in ast.walk(node)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in others
        and len(node.value.split()) >= FEWEST_WORDS
    }


@pytest.mark.safety
def test_the_demonstration_alarms_once_in_a_hundred(capsys: pytest.CaptureFixture[str]) -> None:
    found = set().union(*map(texts, MODULES))
    alarmed = {text for text in found if risk_of(text, country="fr") in RAISES}
    with capsys.disabled():
        sys.stdout.write(f"\n{len(alarmed)} of {len(found)} messages alarm")
    assert len(found) > FEWEST
    assert len(alarmed) <= MOST * len(found), alarmed
