from django.apps import AppConfig


class SidConfig(AppConfig):
    name = "balise.awareness.sid"
    label = "awareness_sid"
