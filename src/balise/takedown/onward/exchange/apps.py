from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "balise.takedown.onward.exchange"
    label = "referrals_exchange"
