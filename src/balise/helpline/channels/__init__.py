"""Other ways to the helpline, which can wait for an answer: e-mail, a form, messaging."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.channels"
    label = "helpline_channels"

    def ready(self) -> None:
        from balise.helpline.channels import checks  # noqa: F401 - registers itself
