from django.apps import AppConfig


class AbroadConfig(AppConfig):
    name = "balise.hotline.abroad"
    label = "hotline_abroad"
