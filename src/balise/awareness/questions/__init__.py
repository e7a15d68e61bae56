"""The engine of questions: kinds, logic, checks, reading of answers, imports."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.questions"
    label = "questions"
