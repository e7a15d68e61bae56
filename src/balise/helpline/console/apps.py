from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "balise.helpline.console"
    label = "helpline_console"
