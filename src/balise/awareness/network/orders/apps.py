from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "balise.awareness.network.orders"
    label = "network_orders"
