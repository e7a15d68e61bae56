"""The exchange, behind the staff door and the signed one."""

from django.urls import URLPattern, URLResolver, path

from balise.takedown.referrals.exchange.web import network

app_name = "exchange"
signed: list[URLPattern | URLResolver] = [
    path("network/letters", network.letters, name="letters"),
    path("network/letters/taken", network.taken, name="letters-taken"),
]
