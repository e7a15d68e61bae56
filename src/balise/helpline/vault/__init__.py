"""The vault: what a young person keeps as proof, encrypted on the device before it comes here."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.vault"
    label = "helpline_vault"
