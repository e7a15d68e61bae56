from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "balise.takedown.onward.dossiers"
    label = "referrals_dossiers"

    def ready(self) -> None:
        from balise.takedown.onward.dossiers import checks  # noqa: F401 - registers itself
