"""Safer Internet Day: its editions, what is declared for it, the wall, the press, the report."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.sid"
    label = "awareness_sid"
