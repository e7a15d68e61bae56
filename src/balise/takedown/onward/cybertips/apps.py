from django.apps import AppConfig


class CyberTipsConfig(AppConfig):
    name = "balise.takedown.onward.cybertips"
    label = "referrals_cybertips"
