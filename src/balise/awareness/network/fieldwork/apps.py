from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "balise.awareness.network.fieldwork"
    label = "network_fieldwork"
