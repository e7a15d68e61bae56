from django.apps import AppConfig


class WelfareConfig(AppConfig):
    name = "balise.hotline.welfare"
    label = "hotline_welfare"
