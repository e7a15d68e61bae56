"""Files that the steering office brings: their rows, looked at first, and what became of them."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.imports"
    label = "steering_imports"
