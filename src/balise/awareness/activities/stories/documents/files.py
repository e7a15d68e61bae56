"""A story's files, from its folder."""

from pathlib import Path

from balise.awareness.activities.stories.documents import compiling
from balise.awareness.activities.stories.documents.compiling import NotCompiled
from balise.foundation.apart import Unreadable, octets_of

_LONGEST = 4 * compiling.LONGEST


def read_files(path: Path) -> dict[str, str]:
    """Return the texts of a story by name: the file, and the sources and tables beside it.

    Beside a compiled story no source is read. Raises NotCompiled for what is too large or no text,
    and OSError.
    """
    patterns = ("*.toml",) if path.suffix == ".json" else ("*.toml", "**/*.ink")
    found = {path.name: read_text(path)}
    for pattern in patterns:
        found |= beside(path.parent, pattern)
    return found


def read_text(path: Path) -> str:
    """Return the text of a file. Raises NotCompiled and OSError."""
    try:
        return octets_of(path, most=_LONGEST).decode("utf-8-sig")
    except Unreadable:
        raise NotCompiled("too-large", f"{path.name} is larger than a story may be") from None
    except UnicodeDecodeError:
        raise NotCompiled("text", f"{path.name} is no text in UTF-8") from None


def beside(folder: Path, pattern: str) -> dict[str, str]:
    """Return the texts of a folder's files, by their path in it; no link leads out of it."""
    return {
        file.relative_to(folder).as_posix(): read_text(file)
        for file in sorted(folder.glob(pattern))[: compiling.MOST_FILES + 1]
        if file.is_file() and file.resolve().is_relative_to(folder.resolve())
    }
