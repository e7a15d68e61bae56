from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "balise.helpline.channels"
    label = "helpline_channels"

    def ready(self) -> None:
        from balise.helpline.channels import checks  # noqa: F401 - registers itself
