from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "balise.hotline.matching.exchange"
    label = "hotline_hashes"

    def ready(self) -> None:
        from balise.hotline.matching.exchange import checks  # noqa: F401 - registers itself
