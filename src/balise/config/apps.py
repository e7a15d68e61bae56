from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "balise.config"
    label = "programme"

    def ready(self) -> None:
        from balise.config import checks, registry, wiring  # noqa: F401 - checks registers itself
        from balise.foundation import giving_way

        giving_way.give_way()
        registry.register()
        wiring.connect()
        registry.connect()
