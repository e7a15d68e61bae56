"""Break a rule in every way that mutmut knows, one at a time.

mutmut's own run breaks nothing outside a plain function: not a threshold, not an order of risks,
not what is cached or a property. Those are rules of ours, so its operators are asked here for all
of a file. Words for people and codes are no rules: they are left as they are.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, override

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import (
    mutation_operators,
    operator_arg_removal,
    operator_assignment,
    operator_if_exp,
    operator_string,
)

_FOR_PEOPLE = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
# Types and names, what runs the same without, and the words of a refusal, which `if` decides on.
_LEFT = (cst.Annotation, cst.TypeAlias, cst.Decorator, cst.Import, cst.ImportFrom, cst.Raise)


class Mutant(NamedTuple):
    """A file with one thing changed: the line it begins on, what stood there and what does now."""

    line: int
    was: str
    now: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Return a file broken in each way, in the order of its lines."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    breaker = _Breaker(wrapper.module, source.encode())
    wrapper.visit(breaker)
    found = {one.source: one for one in breaker.found if _compiles(one.source)}
    return sorted(found.values(), key=lambda one: one.line)


class _Breaker(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (ByteSpanPositionProvider, PositionProvider)

    def __init__(self, module: cst.Module, source: bytes) -> None:
        super().__init__()
        self.module, self.source = module, source
        self.found: list[Mutant] = []
        self.depth = 0  # of functions

    @override
    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _LEFT) or _is_for_people(node):
            return False
        if isinstance(node, (cst.Assign, cst.AnnAssign)) and not self.depth and _is_code(node):
            return False
        if isinstance(node, cst.ClassDef):
            if _is_enum(node):  # its codes stand; what it can do is a rule
                for each in node.body.body:
                    if isinstance(each, cst.FunctionDef):
                        each.visit(self)
                return False
            node.body.visit(self)
            return False
        if isinstance(node, cst.FunctionDef):
            self.depth += 1
        for place, broken in self._broken(node):
            self._note(place, broken)
        return True

    @override
    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef):
            self.depth -= 1

    def _broken(self, node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
        for kind, operator in mutation_operators:
            if not isinstance(node, kind) or (operator is operator_string and not self.depth):
                continue
            if operator is operator_assignment and _is_nothing(node.value):
                continue  # nothing in the place of nothing
            for broken in operator(node):
                if operator is operator_arg_removal and _loses_words(node, broken):
                    continue
                yield node, broken
                if operator is operator_string:
                    break  # the other ways change its case alone
        if isinstance(node, (cst.If, cst.CompIf, cst.While)):
            for broken in operator_if_exp(node):  # type: ignore[arg-type] # it asks for a `test` alone
                yield node.test, broken.test
        if isinstance(node, cst.Return) and node.value is not None and not _is_none(node.value):
            yield node.value, cst.Name("None")

    def _note(self, place: cst.CSTNode, broken: cst.CSTNode) -> None:
        span: Any = self.get_metadata(ByteSpanPositionProvider, place)
        line: Any = self.get_metadata(PositionProvider, place).start.line
        end = span.start + span.length
        text = self.module.code_for_node(broken).encode()
        changed = (self.source[: span.start] + text + self.source[end:]).decode()
        first = self.source.rfind(b"\n", 0, span.start) + 1
        last = self.source.find(b"\n", end)
        was = self.source[first:last].decode()
        now = (self.source[first : span.start] + text + self.source[end:last]).decode()
        self.found.append(Mutant(line, _flat(was), _flat(now), changed))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _is_none(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Name) and node.value == "None"


def _is_nothing(node: cst.CSTNode | None) -> bool:
    """Return whether a value is None, False, zero, an empty text or nothing in brackets."""
    if isinstance(node, cst.Tuple):
        return not node.elements
    told = getattr(node, "value", None)
    return isinstance(told, str) and told in {"None", "False", "0", '""'}


def _is_for_people(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.Call):
        return False
    if isinstance(node.func, cst.Name) and node.func.value == "str" and len(node.args) == 1:
        return _is_for_people(node.args[0].value)
    return isinstance(node.func, cst.Name) and node.func.value in _FOR_PEOPLE


def _is_code(node: cst.Assign | cst.AnnAssign) -> bool:
    """Return whether a name is given to a code, or to words for people."""
    value = node.value
    return value is not None and (isinstance(value, cst.SimpleString) or _is_for_people(value))


def _is_enum(node: cst.ClassDef) -> bool:
    names = [base.value.value for base in node.bases if isinstance(base.value, cst.Name)]
    return any(name.endswith(("Enum", "Choices")) for name in names)


def _loses_words(node: Any, broken: Any) -> bool:
    kept = {id(arg) for arg in broken.args}
    return any(_is_for_people(arg.value) for arg in node.args if id(arg) not in kept)
