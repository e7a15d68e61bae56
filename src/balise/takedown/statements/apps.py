from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "balise.takedown.statements"
    label = "takedown_statements"

    def ready(self) -> None:
        from balise.takedown.statements import checks  # noqa: F401 - registers itself
