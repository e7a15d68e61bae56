"""Staff, roles, sign-in, second factor, partner organisations and their tokens."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from balise.foundation.accounts import checks  # noqa: F401 - registers itself
