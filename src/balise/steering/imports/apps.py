from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "balise.steering.imports"
    label = "steering_imports"
