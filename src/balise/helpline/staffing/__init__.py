"""How many listeners are needed, and when: forecast, seats, rota."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.staffing"
    label = "helpline_staffing"

    def ready(self) -> None:
        from balise.helpline.staffing import checks  # noqa: F401 - registers itself
