"""Offences and their elements, by date, from country packs."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.law"
    label = "takedown_law"
