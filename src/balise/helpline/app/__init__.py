"""The young person's app: its pages, its copy for when there is no network, its button."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.app"
    label = "helpline_app"

    def ready(self) -> None:
        from balise.helpline.app import checks  # noqa: F401 - registers itself
