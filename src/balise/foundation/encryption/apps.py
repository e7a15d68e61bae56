from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "balise.foundation.encryption"
    label = "encryption"
