"""The partners' own desk: their people report, one by one or many at once, and follow."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.desk"
    label = "hotline_desk"
