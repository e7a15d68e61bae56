"""The vault behind the public door, what its script calls (without a language), and for staff."""

from django.urls import path

from balise.helpline.vault.web import device, forms, page, staff as listeners

app_name = "vault"
public = [
    path("app/vault/", page.vault, name="vault"),
    path("app/vault/link/", page.link, name="link"),
    path("talk/vault/", device.asked, name="asked"),
    path("talk/vault/no/", device.decline, name="decline"),
]
called = [
    path("app/vault/stamp", device.stamp, name="vault-stamp"),
    path("app/vault/invitation", device.invitation, name="vault-invitation"),
    path("app/vault/invitation/reveal", device.reveal, name="vault-reveal"),
    path("app/vault/share", device.share, name="vault-share"),
    path("app/vault/share/state", device.states, name="vault-share-state"),
    path("app/vault/share/revoke", device.revoke, name="vault-share-revoke"),
    path("app/vault/backup/<str:locator>", device.backup, name="vault-backup"),
    path("app/vault/backup/<str:locator>/<str:number>", device.piece, name="vault-piece"),
    path("app/vault/link", device.link, name="vault-link"),
    path("app/vault/link/open", device.open_link, name="vault-link-open"),
    path("app/vault/link/withdraw", device.withdraw, name="vault-link-withdraw"),
]
plain = [
    *called,
    path("app/vault/moving/", page.moving, name="vault-moving"),
    path("app/vault/handing/", device.handing, name="vault-handing"),
]
staff = [
    path("of/<uuid:conversation_id>/", listeners.asked, name="of"),
    path("of/<uuid:conversation_id>/ask/", listeners.ask, name="ask"),
    path("of/<uuid:conversation_id>/back/", listeners.take_back, name="back"),
    path("case/<uuid:case_id>/invite/", listeners.invite, name="invite"),
    path("case/<uuid:case_id>/dossier/", listeners.dossier, name="dossier"),
    path("case/<uuid:case_id>/police/", forms.agree, name="agree"),
    path("yes/<uuid:handing_id>/", forms.hand_over, name="yes"),
    path("yes/<uuid:handing_id>/paper/", forms.paper, name="yes-paper"),
    path("yes/<uuid:handing_id>/take-back/", forms.take_back, name="yes-back"),
    path("item/<uuid:share_id>/", listeners.item, name="item"),
    path("item/<uuid:share_id>/open/", listeners.open_item, name="open"),
    path("item/<uuid:share_id>/drawn/", listeners.drawn, name="drawn"),
    path("item/<uuid:share_id>/seen/", listeners.seen, name="seen"),
    path("item/<uuid:share_id>/close/", listeners.close, name="close"),
]
