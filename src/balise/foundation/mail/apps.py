from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "balise.foundation.mail"
    label = "mail"

    def ready(self) -> None:
        from balise.foundation.mail import checks  # noqa: F401 - registers itself
