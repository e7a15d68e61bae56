"""Printed kits: stock, print runs, deliveries."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.network.orders"
    label = "network_orders"
