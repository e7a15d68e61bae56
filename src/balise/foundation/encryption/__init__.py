"""What is sealed, and the only place that knows keys."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.encryption"
    label = "encryption"

    def ready(self) -> None:
        from balise.foundation.encryption import checks  # noqa: F401 - registers itself
