from balise.steering.editions.tests.conftest import orchard

__all__ = ("orchard",)
