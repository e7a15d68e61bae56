"""The vault behind the public door: its page, and what its script calls (without a language)."""

from django.urls import path

from balise.helpline.vault.web import device, page

app_name = "vault"
public = [
    path("app/vault/", page.vault, name="vault"),
]
plain = [
    path("app/vault/stamp", device.stamp, name="vault-stamp"),
    path("app/vault/invitation", device.invitation, name="vault-invitation"),
    path("app/vault/share", device.share, name="vault-share"),
    path("app/vault/share/state", device.states, name="vault-share-state"),
    path("app/vault/share/revoke", device.revoke, name="vault-share-revoke"),
    path("app/vault/backup/<str:locator>", device.backup, name="vault-backup"),
    path("app/vault/backup/<str:locator>/<int:number>", device.piece, name="vault-piece"),
    path("app/vault/link", device.link, name="vault-link"),
    path("app/vault/link/open", device.open_link, name="vault-link-open"),
    path("app/vault/link/withdraw", device.withdraw, name="vault-link-withdraw"),
]
