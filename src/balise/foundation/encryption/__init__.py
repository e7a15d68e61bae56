"""What is sealed, and the only place that knows keys."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.encryption"
    label = "encryption"
