"""The operators' command: Django's management commands under one name."""

import os
import sys

from balise.foundation.loading import loading


def main() -> None:
    """Run one command, as `balise COMMAND`; a wrong setting ends it with one line, not a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")
    # Of numpy: a process works on one core, and there is a process for each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Settings come first: what is imported here must not be read before they are named.
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from balise.config import environment  # noqa: PLC0415
    from balise.foundation.packs import PackFaulty  # noqa: PLC0415

    try:
        _ = settings.INSTALLED_APPS  # reads the settings, which note what is wrong
        if sys.argv[1:2] not in (["check"], ["help"]):  # `check` tells of faults in its own way
            environment.stop_if_faulty()
        with loading():
            django.setup()
        execute_from_command_line(_as_modules_are_named(sys.argv))
    except (ImproperlyConfigured, PackFaulty) as error:
        environment.stop_if_faulty()  # `check` came this far with faults: they are the cause
        sys.stderr.write(f"balise: {error}\n")
        raise SystemExit(environment.EX_CONFIG) from None


def _as_modules_are_named(words: list[str]) -> list[str]:
    """Return the command line with `import-reports` as the module that has the command."""
    return [
        word.replace("-", "_") if place == 1 and not word.startswith("-") else word
        for place, word in enumerate(words)
    ]


if __name__ == "__main__":
    main()
