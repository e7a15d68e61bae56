from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "balise.helpline.staffing"
    label = "helpline_staffing"

    def ready(self) -> None:
        from balise.helpline.staffing import checks  # noqa: F401 - registers itself
