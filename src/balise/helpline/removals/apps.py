from django.apps import AppConfig


class RemovalsConfig(AppConfig):
    name = "balise.helpline.removals"
    label = "helpline_removals"

    def ready(self) -> None:
        from balise.helpline.removals import checks  # noqa: F401 - registers itself
