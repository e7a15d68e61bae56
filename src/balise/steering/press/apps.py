from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "balise.steering.press"
    label = "steering_press"
