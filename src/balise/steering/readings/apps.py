from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "balise.steering.readings"
    label = "steering_readings"
