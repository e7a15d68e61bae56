from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.tracing"
    label = "takedown_tracing"

    def ready(self) -> None:
        from balise.takedown.tracing import module  # noqa: F401 - registers itself
