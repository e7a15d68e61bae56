"""The exchange, behind the staff door and the signed one."""

from django.urls import path

from balise.takedown.onward.exchange.web import forms, network, peers, transfers
from balise.takedown.onward.exchange.web.signed import signed_by

app_name = "exchange"
staff = [
    path("", transfers.transfers, name="transfers"),
    path("hotlines/", peers.peers, name="peers"),
    path("hotlines/<uuid:peer_id>/", peers.peer, name="peer"),
    path("hotlines/<uuid:peer_id>/block/", peers.block, name="block"),
    path("hotlines/<uuid:peer_id>/unblock/", peers.unblock, name="unblock"),
    path(
        "hotlines/<uuid:peer_id>/cards/<uuid:card_id>/approve/", peers.approve, name="approve-card"
    ),
    path("hotlines/<uuid:peer_id>/cards/<uuid:card_id>/retire/", peers.retire, name="retire-card"),
    path("iccam/", forms.cases, name="iccam"),
    path("iccam/<uuid:case_id>/", forms.case, name="iccam-case"),
    path("iccam/<uuid:case_id>/settle/", forms.settle, name="iccam-settle"),
    path("iccam/<uuid:case_id>/withdraw/", forms.withdraw, name="iccam-withdraw"),
    path("<uuid:transfer_id>/", transfers.transfer, name="transfer"),
    path("<uuid:transfer_id>/resend/", transfers.resend, name="resend"),
    path("<uuid:transfer_id>/withdraw/", transfers.withdraw, name="withdraw"),
    path("<uuid:transfer_id>/refuse/", transfers.refuse, name="refuse"),
]
machines = [
    (signed_by, path("network/letters", network.letters, name="letters")),
    (signed_by, path("network/letters/taken", network.taken, name="letters-taken")),
]
