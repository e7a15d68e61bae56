from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "balise.awareness.network.partners"
    label = "network_partners"
