"""TOML that people write is parsed in one place, whose limits hold for all of awareness."""

import ast

from tests.architecture.reading import SOURCE, tree


def test_awareness_parses_toml_nowhere_itself() -> None:
    named = {
        alias.name: file
        for file in (SOURCE / "awareness").rglob("*.py")
        if "tests" not in file.parts
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in (*node.names, ast.alias(getattr(node, "module", None) or ""))
        if alias.name.partition(".")[0] in {"tomllib", "tomli", "toml"}
    }
    assert named == {}
