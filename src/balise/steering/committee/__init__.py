"""Who steers: agenda, documents, decisions that cite figures, what was asked before."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.committee"
    label = "steering_committee"
