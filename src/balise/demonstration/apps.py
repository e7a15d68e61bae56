from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "balise.demonstration"
    label = "demonstration"
