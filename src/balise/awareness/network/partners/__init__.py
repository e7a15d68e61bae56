"""Organisations that the centre works with, working groups, and what they advise."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.network.partners"
    label = "network_partners"
