"""Interactive stories: written, checked, played, resumed after an edit."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.activities.stories"
    label = "activities_stories"
