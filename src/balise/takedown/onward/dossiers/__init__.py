"""What the police are told: a numbered dossier, signed, dated and encrypted, and its outcome."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.onward.dossiers"
    label = "referrals_dossiers"
