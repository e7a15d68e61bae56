"""The structures that carry the centre’s tools to the young, and where they are."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.places.structures"
    label = "network_structures"
