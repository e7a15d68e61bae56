"""What the centre did on a day, with its editions."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.diary"
    label = "steering_diary"
