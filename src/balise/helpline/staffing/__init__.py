"""How many listeners are needed, and when: forecast, seats, rota."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.staffing"
    label = "helpline_staffing"
