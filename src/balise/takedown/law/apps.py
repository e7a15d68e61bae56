from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "balise.takedown.law"
    label = "takedown_law"
