"""What the centre says at one time, under a code that figures carry."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.partnership.campaigns"
    label = "network_campaigns"
