"""Read the environment: the one way to configure a Balise. `X_FILE` names a file that holds X."""

import os
from pathlib import Path


class EnvironmentFaulty(RuntimeError):
    """The environment says something that cannot be meant."""


def text(name: str, default: str = "") -> str:
    """Return a variable's text; `NAME_FILE` may name a file that holds it (a secret's place)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def words(name: str, default: str = "") -> list[str]:
    """Return a variable's comma-separated words."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, *, default: bool = False) -> bool:
    """Return a variable as yes or no; anything else is refused."""
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "no", "yes", "false", "true", ""}:
        raise EnvironmentFaulty(f"{name} is {value!r}: write 1 or 0")
    return value in {"1", "yes", "true"}


def path(name: str, default: Path) -> Path:
    """Return a variable as an absolute path."""
    return Path(text(name) or default).expanduser().absolute()
