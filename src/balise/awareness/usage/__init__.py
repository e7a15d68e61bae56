"""How often resources are used, without knowing by whom."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.usage"
    label = "awareness_usage"
