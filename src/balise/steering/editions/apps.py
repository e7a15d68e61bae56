from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "balise.steering.editions"
    label = "steering_editions"
