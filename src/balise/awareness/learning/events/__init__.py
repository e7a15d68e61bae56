"""Webinars, meetings, festivals: who comes, and what is kept of it."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.learning.events"
    label = "awareness_events"
