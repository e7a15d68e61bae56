from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "balise.steering.diary"
    label = "steering_diary"
