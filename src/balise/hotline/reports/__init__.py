"""From the citizen's message to the verdict, the removal and the answer."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.reports"
    label = "hotline_reports"
