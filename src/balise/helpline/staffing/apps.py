from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "balise.helpline.staffing"
    label = "helpline_staffing"
