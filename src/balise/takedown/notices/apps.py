from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "balise.takedown.notices"
    label = "takedown_notices"

    def ready(self) -> None:
        from balise.takedown.notices import checks  # noqa: F401 - registers itself
