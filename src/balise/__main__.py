"""The operators' command: Django's management commands under one name."""

import os
import sys


def main() -> None:
    """Run one command, as `balise COMMAND`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
