from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "balise.foundation.mail"
    label = "mail"
