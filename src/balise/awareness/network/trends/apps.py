from django.apps import AppConfig


class TrendsConfig(AppConfig):
    name = "balise.awareness.network.trends"
    label = "network_trends"
