"""Quizzes: answered alone or by a class, explained, printed, never a score of a person."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.activities.quizzes"
    label = "activities_quizzes"
