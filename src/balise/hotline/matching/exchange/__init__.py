"""The exchange: hashes that partners give us, that we give them, or that they ask about."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.matching.exchange"
    label = "hotline_hashes"
