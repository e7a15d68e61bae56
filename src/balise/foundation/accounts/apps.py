from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "balise.foundation.accounts"
    label = "accounts"
