from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "balise.takedown.referrals.exchange"
    label = "referrals_exchange"
