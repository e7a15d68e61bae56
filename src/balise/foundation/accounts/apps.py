from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "balise.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from balise.foundation.accounts import checks  # noqa: F401 - registers itself
