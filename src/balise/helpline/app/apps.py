from django.apps import AppConfig


class HelplineAppConfig(AppConfig):
    name = "balise.helpline.app"
    label = "helpline_app"

    def ready(self) -> None:
        from balise.helpline.app import checks  # noqa: F401 - registers itself
