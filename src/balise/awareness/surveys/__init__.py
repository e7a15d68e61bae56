"""Surveys: a wording published whole, anonymous answers, results with their margins."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.surveys"
    label = "surveys"
