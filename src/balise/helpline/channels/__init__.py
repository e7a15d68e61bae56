"""Other ways to the helpline, which can wait for an answer: e-mail, a form, messaging."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.channels"
    label = "helpline_channels"
