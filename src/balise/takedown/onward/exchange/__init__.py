"""A content decided here and hosted abroad goes to the hotline of that country, and back."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.onward.exchange"
    label = "referrals_exchange"
