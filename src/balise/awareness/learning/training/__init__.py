"""The online module for adults, and badges."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.learning.training"
    label = "network_training"
