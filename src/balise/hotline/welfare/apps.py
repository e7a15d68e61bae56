from django.apps import AppConfig


class WelfareConfig(AppConfig):
    name = "balise.hotline.welfare"
    label = "hotline_welfare"

    def ready(self) -> None:
        from balise.hotline.welfare import checks  # noqa: F401 - registers itself
