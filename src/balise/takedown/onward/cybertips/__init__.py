"""CyberTips: what NCMEC asks of a report, written from a dossier's facts and checked as data."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.onward.cybertips"
    label = "referrals_cybertips"
