from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "balise.steering.indicators"
    label = "steering_indicators"
