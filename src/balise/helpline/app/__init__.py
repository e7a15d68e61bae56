"""The young person's app: its pages, its copy for when there is no network, its button."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.app"
    label = "helpline_app"
