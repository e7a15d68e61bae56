"""Who looked at what, for how long, and when it is enough: limits for people, no rankings."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.welfare"
    label = "hotline_welfare"
