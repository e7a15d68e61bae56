from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "balise.awareness.network.campaigns"
    label = "network_campaigns"
