"""The seat of a listener: what the other modules can do, put together for one person at work."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.console"
    label = "helpline_console"
