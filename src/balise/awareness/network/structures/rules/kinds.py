"""What a structure is, and what it may say of itself. Pure."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

LONGEST_NAME: Final = 120
LONGEST_MAIL: Final = 120
LONGEST_WEB: Final = 200
LONGEST_TELEPHONE: Final = 30
LONGEST_SUMMARY: Final = 280  # as in the schema of médiation numérique
WIDEST: Final = 300  # km that a structure goes out
FACETS: Final = {"audiences": "audience", "ages": "age", "topics": "topic"}  # of the catalogue


class StructureKind(TextChoices):
    """What a structure of the network is."""

    NATIONAL = "national", _("National popular-education association")
    LOCAL = "local", _("Local popular-education association")
    FAMILY = "family", _("Family mediation")
    NGO = "ngo", _("Non-governmental organisation")
    HUB = "hub", _("Digital hub")
    AUTHORITY = "authority", _("Local authority")
    OTHER = "other", pgettext_lazy("structure", "Other")


class Tongue(TextChoices):
    """In which languages a structure holds workshops (ISO 639-1, else 639-3)."""

    FR = "fr", pgettext_lazy("language", "French")
    EN = "en", pgettext_lazy("language", "English")
    AR = "ar", _("Arabic")
    DE = "de", _("German")
    ES = "es", _("Spanish")
    LB = "lb", _("Luxembourgish")
    PT = "pt", _("Portuguese")
    CREOLE_ANTILLES = "gcf", _("Antillean Creole")
    CREOLE_REUNION = "rcf", _("Réunion Creole")
    SIGN = "fsl", _("French Sign Language")
