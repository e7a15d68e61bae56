from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "balise.hotline.matching.signals"
    label = "hotline_signals"
