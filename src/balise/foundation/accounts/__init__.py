"""Staff, roles, sign-in, second factor, partner organisations and their tokens."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.accounts"
    label = "accounts"
