"""Conversations that lose nothing: an event log, and streams that read it."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.conversations"
    label = "helpline_conversations"
