"""The demonstration centre: the season that it has behind it, and a day of its helpline, played."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.demonstration"
    label = "demonstration"
