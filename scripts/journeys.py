"""Say where tests wait for a time instead of for what comes, or press without waiting."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

# Where waiting and pressing are written, once for all.
WRITTEN = ("tests/browser.py", "tests/waiting.py")
INSTEAD = {
    "wait_for_timeout": "wait for what shows, or move the page's clock (page.clock)",
    "networkidle": "`ready` of tests/browser.py",
    "sleep": "`until` or `let_pass` of tests/waiting.py",
    "click": "`press` or `send` of tests/browser.py, or `with page.expect_…` around it",
}
_BUTTON = re.compile("button|submit")


def faults(text: str) -> list[tuple[int, str]]:
    """Return the line of each fault, and the word of INSTEAD that it is."""
    tree = ast.parse(text)
    buttons = {
        target.id
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and _is_button(each.value, set())
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    return sorted(
        (each.lineno, word)
        for each, is_expected in _walk(tree, is_expected=False)
        if (word := _fault(each, buttons, is_expected=is_expected))
    )


def _walk(node: ast.AST, *, is_expected: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Yield each node, and whether something is expected around it: `with page.expect_…`."""
    if isinstance(node, ast.With):
        calls = [item.context_expr for item in node.items]
        is_expected |= any(_name(call).startswith("expect_") for call in calls)
    yield node, is_expected
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, is_expected=is_expected)


def _fault(node: ast.AST, buttons: set[str], *, is_expected: bool) -> str:
    """Return the word of INSTEAD that a node is, or ""."""
    if isinstance(node, ast.ImportFrom):
        is_it = node.module == "time" and any(each.name == "sleep" for each in node.names)
        return "sleep" if is_it else ""
    if not isinstance(node, ast.Call):
        return ""
    if any(isinstance(each, ast.Constant) and each.value == "networkidle" for each in node.args):
        return "networkidle"
    on = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    name = _name(node)
    is_fault = {
        "wait_for_timeout": True,
        "sleep": isinstance(on, ast.Name) and on.id == "time",
        "click": not is_expected and _is_button(on, buttons),
    }
    return name if is_fault.get(name) else ""


def _is_button(node: ast.AST, buttons: set[str]) -> bool:
    """Return whether this is a button, by its role, by the words of its selector or by its name."""
    if isinstance(node, ast.Name):
        return node.id in buttons
    if isinstance(node, ast.Attribute | ast.Subscript):
        return _is_button(node.value, buttons)
    if not isinstance(node, ast.Call):
        return False
    said = " ".join(
        str(each.value)
        for argument in node.args[:1]
        for each in ast.walk(argument)
        if isinstance(each, ast.Constant)
    )
    if _name(node) == "get_by_role" and said == "button":
        return True
    if _name(node) == "locator" and _BUTTON.search(said):
        return True
    return _name(node) in ("filter", "nth", "locator", "get_by_role") and _is_button(
        node.func, buttons
    )


def _name(node: ast.AST) -> str:
    """Return the last name of what is called."""
    called = node.func if isinstance(node, ast.Call) else None
    return called.attr if isinstance(called, ast.Attribute) else ""


def main(names: list[str]) -> int:
    """Print each fault of these files as `name:line: what; instead: …`; return 1 if any."""
    found = [
        f"{name}:{line}: {word}; instead: {INSTEAD[word]}"
        for name in names
        if not name.endswith(WRITTEN)
        for line, word in faults(Path(name).read_text(encoding="utf-8"))
    ]
    sys.stdout.writelines(f"{each}\n" for each in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
