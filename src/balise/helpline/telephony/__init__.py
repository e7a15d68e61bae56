"""Calls: what a telephone exchange tells us, call-backs, and a day that is played again."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.telephony"
    label = "helpline_telephony"
