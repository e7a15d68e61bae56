"""The vault behind the public door."""

from django.urls import path

from balise.helpline.vault.web import page

app_name = "vault"
public = [
    path("app/vault/", page.vault, name="vault"),
]
