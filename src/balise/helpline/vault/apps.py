from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "balise.helpline.vault"
    label = "helpline_vault"
