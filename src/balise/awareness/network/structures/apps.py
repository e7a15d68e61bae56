from django.apps import AppConfig


class StructuresConfig(AppConfig):
    name = "balise.awareness.network.structures"
    label = "network_structures"
