"""Calls: what a telephone exchange tells us, call-backs, and a day that is played again."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.telephony"
    label = "helpline_telephony"

    def ready(self) -> None:
        from balise.helpline.telephony import checks  # noqa: F401 - registers itself
