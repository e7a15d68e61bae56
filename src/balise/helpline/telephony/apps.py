from django.apps import AppConfig


class TelephonyConfig(AppConfig):
    name = "balise.helpline.telephony"
    label = "helpline_telephony"

    def ready(self) -> None:
        from balise.helpline.telephony import checks  # noqa: F401 - registers itself
