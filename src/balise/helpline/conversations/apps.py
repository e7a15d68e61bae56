from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "balise.helpline.conversations"
    label = "helpline_conversations"
