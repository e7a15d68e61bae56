from django.apps import AppConfig


class UsageConfig(AppConfig):
    name = "balise.awareness.usage"
    label = "awareness_usage"
