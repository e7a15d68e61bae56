"""Which lines have keys of their own; modules that encrypt with them declare them."""

_LINES: list[str] = []


def register(*lines: str) -> None:
    """Set the lines with keys, each once; called once, when Balise starts."""
    _LINES[:] = dict.fromkeys(lines)


def lines_with_keys() -> tuple[str, ...]:
    """Return the lines that have keys of their own."""
    return tuple(_LINES)
