"""What the press said of the centre, each item once."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.press"
    label = "steering_press"
