"""Offences and their elements, by date, from country packs."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.law"
    label = "takedown_law"

    def ready(self) -> None:
        from balise.takedown.law import checks  # noqa: F401 - registers itself
