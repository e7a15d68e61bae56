from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "balise.config"
    label = "programme"

    def ready(self) -> None:
        from balise.config import checks  # noqa: F401 - registers itself
        from balise.config.wiring import connect

        connect()
