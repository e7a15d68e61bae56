"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


def centre(request: HttpRequest) -> dict[str, object]:
    """Return the centre, and the light that a member of staff chose for their pages."""
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request.path.startswith("/staff/") else ""
    return {
        "centre": settings.CENTRE,
        "demonstration": settings.DEMONSTRATION,
        "theme": chosen if chosen in THEMES else "",
    }
