"""What platforms say they did, beside what we asked of them; and our yearly report on it."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.statements"
    label = "takedown_statements"
