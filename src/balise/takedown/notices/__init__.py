"""The notice, its clock and its outcome."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.notices"
    label = "takedown_notices"

    def ready(self) -> None:
        from balise.takedown.notices import checks  # noqa: F401 - registers itself
