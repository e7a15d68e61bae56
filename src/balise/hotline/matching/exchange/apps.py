from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "balise.hotline.matching.exchange"
    label = "hotline_hashes"
