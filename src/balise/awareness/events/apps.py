from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "balise.awareness.events"
    label = "awareness_events"
