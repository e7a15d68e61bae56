"""What each door may store, in octets: near, in all, and what is kept for those who come first."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.budgets"
    label = "budgets"
