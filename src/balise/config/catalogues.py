"""The words for people, compiled where they are newer than what processes read."""

from pathlib import Path

import polib
from django.utils.translation.reloader import translation_file_changed


def compile_messages(*folders: Path) -> None:
    """Compile each catalogue that is newer than its compiled form; this process speaks it at once.

    Words may have been read before they were there: what is made next, such as the app's release,
    would be in another language than the pages.
    """
    for folder in folders:
        for source in folder.glob("*/LC_MESSAGES/*.po"):
            compiled = source.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
                continue
            polib.pofile(str(source)).save_as_mofile(str(compiled))
            translation_file_changed(None, compiled)
