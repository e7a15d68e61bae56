"""Organisations that the centre works with, working groups, and what they advise."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.partnership.partners"
    label = "network_partners"
