"""The deck: an edition as it was frozen, and its three files."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.editions"
    label = "steering_editions"
