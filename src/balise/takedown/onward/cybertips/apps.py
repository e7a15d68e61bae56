from django.apps import AppConfig


class CyberTipsConfig(AppConfig):
    name = "balise.takedown.onward.cybertips"
    label = "referrals_cybertips"

    def ready(self) -> None:
        from balise.takedown.onward.cybertips import checks  # noqa: F401 - registers itself
