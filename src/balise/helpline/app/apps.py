from django.apps import AppConfig


class HelplineAppConfig(AppConfig):
    name = "balise.helpline.app"
    label = "helpline_app"
