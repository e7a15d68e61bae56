"""Hosts and platforms: who can be told, and how."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.directory"
    label = "takedown_directory"
