"""Signals: what is computed of a picture or a film, and compared; never the picture itself."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.matching.signals"
    label = "hotline_signals"
