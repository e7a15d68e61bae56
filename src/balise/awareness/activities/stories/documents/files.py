"""A story's files, from its folder."""

from pathlib import Path

from balise.awareness.activities.stories.documents import compiling
from balise.awareness.activities.stories.documents.compiling import NotCompiled

_LONGEST = 4 * compiling.LONGEST


def read_files(path: Path) -> dict[str, str]:
    """Return the texts of a story by name: the file, and the sources and tables beside it.

    Beside a compiled story no source is read. Raises NotCompiled for what is too large, OSError,
    UnicodeDecodeError.
    """
    if path.stat().st_size > _LONGEST:
        raise NotCompiled("too-large", f"{path.name} is larger than a story may be")
    patterns = ("*.toml",) if path.suffix == ".json" else ("*.toml", "**/*.ink")
    found = {path.name: path.read_text(encoding="utf-8-sig")}
    for pattern in patterns:
        found |= beside(path.parent, pattern)
    return found


def beside(folder: Path, pattern: str) -> dict[str, str]:
    """Return the texts of a folder's files, by their path in it; no link leads out of it."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8-sig")
        for file in sorted(folder.glob(pattern))[: compiling.MOST_FILES + 1]
        if file.is_file() and file.resolve().is_relative_to(folder.resolve())
    }
