"""Emerging uses: what was noticed, and what rises."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.partnership.trends"
    label = "network_trends"
