from django.apps import AppConfig


class BanksConfig(AppConfig):
    name = "balise.hotline.matching.banks"
    label = "hotline_banks"
