"""Templates and words that are edited while a demonstration runs show with the next page.

Only where `balise run` serves a demonstration from a checkout: elsewhere nobody looks at files.
What mails say, and Python code, are read anew when the house begins.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.autoreload import reset_loaders
from django.utils.autoreload import StatReloader

from balise.config.catalogues import compile_messages

_SOURCE = Path(__file__).parents[1]
_CHECKOUT = _SOURCE.parents[1] / "pyproject.toml"


class Edited(StatReloader):
    """Looks each second at the files that pages are made of, in a thread of its own."""

    def __init__(self, *, templates: Sequence[Path], catalogues: Sequence[Path]) -> None:
        super().__init__()
        for folder in templates:
            self.watch_dir(folder, "**/*.*")
        for folder in catalogues:
            self.watch_dir(folder, "**/*.po")
        self._catalogues = catalogues

    def snapshot_files(self) -> Iterator[tuple[Path, float]]:
        """Yield templates and catalogues with the time of their last change; no Python module."""
        for folder, patterns in self.directory_globs.items():
            for path in chain.from_iterable(map(folder.glob, patterns)):
                with suppress(FileNotFoundError):  # removed at this moment
                    yield path, path.stat().st_mtime

    def notify_file_changed(self, path: str | os.PathLike[str]) -> None:
        """Read again what has changed, where Django's own would end the process."""
        if Path(path).suffix == ".po":
            compile_messages(*self._catalogues)
        else:
            reset_loaders()

    def begin(self) -> None:
        """Look from now on, until `stop` is called or the process ends."""
        threading.Thread(target=self.run_loop, name="edited", daemon=True).start()


def is_edited() -> bool:
    """Return whether this is a demonstration that runs from a checkout."""
    return settings.DEMONSTRATION and _CHECKOUT.exists()


def show_edits() -> None:
    """Let this process show what is edited, if it may be."""
    if is_edited():
        ours = [Path(each.path) / "templates" for each in apps.get_app_configs()]
        Edited(
            templates=[each for each in ours if each.is_relative_to(_SOURCE) and each.is_dir()],
            catalogues=[Path(each) for each in settings.LOCALE_PATHS],
        ).begin()
