"""What educators say after a session with a kit: three questions by a code, no person."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.activities.feedback"
    label = "activities_feedback"
