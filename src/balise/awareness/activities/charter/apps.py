from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "balise.awareness.activities.charter"
    label = "activities_charter"
