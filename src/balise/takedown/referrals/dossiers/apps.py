from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "balise.takedown.referrals.dossiers"
    label = "referrals_dossiers"

    def ready(self) -> None:
        from balise.takedown.referrals.dossiers import checks  # noqa: F401 - registers itself
