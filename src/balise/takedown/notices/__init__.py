"""The notice, its clock and its outcome."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.notices"
    label = "takedown_notices"
