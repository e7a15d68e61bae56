"""Figures that everyone may read: pages, cards, files."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.published"
    label = "steering_published"
