from django.apps import AppConfig


class TelephonyConfig(AppConfig):
    name = "balise.helpline.telephony"
    label = "helpline_telephony"
