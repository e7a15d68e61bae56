"""What is counted, as it is defined and compared: breaks, targets, values as known on a day."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.indicators"
    label = "steering_indicators"
