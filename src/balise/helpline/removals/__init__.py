"""The desk that has what hurts a young person removed from platforms, with their consent."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.removals"
    label = "helpline_removals"
