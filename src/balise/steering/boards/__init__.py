"""The boards: figures of the lines for a period, beside a year before."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.boards"
    label = "boards"
