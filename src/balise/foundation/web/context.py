"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest


def centre(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - Django's signature
    return {"centre": settings.CENTRE, "demonstration": settings.DEMONSTRATION}
