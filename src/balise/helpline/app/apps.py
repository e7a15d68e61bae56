from django.apps import AppConfig


class AppConfig(AppConfig):
    name = "balise.helpline.app"
    label = "helpline_app"
