"""What is forgotten, when and how."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.retention"
    label = "retention"
