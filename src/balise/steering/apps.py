from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "balise.steering"
    label = "steering"
