from django.apps import AppConfig


class TracingConfig(AppConfig):
    name = "balise.takedown.tracing"
    label = "takedown_tracing"
