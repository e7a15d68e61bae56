"""Who looked at what, for how long, and when it is enough: limits for people, no rankings."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.welfare"
    label = "hotline_welfare"

    def ready(self) -> None:
        from balise.hotline.welfare import checks  # noqa: F401 - registers itself
