"""The helpline's file; for now, what other lines refer to it."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.cases"
    label = "helpline_cases"

    def ready(self) -> None:
        from balise.helpline.cases import checks  # noqa: F401 - registers itself
