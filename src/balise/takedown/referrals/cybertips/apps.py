from django.apps import AppConfig


class CyberTipsConfig(AppConfig):
    name = "balise.takedown.referrals.cybertips"
    label = "referrals_cybertips"

    def ready(self) -> None:
        from balise.takedown.referrals.cybertips import checks  # noqa: F401 - registers itself
