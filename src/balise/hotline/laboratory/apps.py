from django.apps import AppConfig


class LaboratoryConfig(AppConfig):
    name = "balise.hotline.laboratory"
    label = "hotline_laboratory"
