"""What was done with people met: workshops, and interventions asked for."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.places.fieldwork"
    label = "network_fieldwork"
