"""What a case says of the law that it names: an abstract model, for the tables of any line."""

from dataclasses import dataclass

from django.db import models

from balise.takedown.law.rules.facts import Certainty, Facts


@dataclass(frozen=True, slots=True)
class Named:
    """The text that a case names: its id, and the digest of the pack that it was read in.

    Both are empty in a case of before texts were frozen.
    """

    version: str = ""
    pack: str = ""

    @property
    def is_frozen(self) -> bool:
        return bool(self.version and self.pack)


class NamesLaw(models.Model):
    """What names an offence: the days of the facts, and the text that was frozen for them.

    The law is that of `facts_on`, the last of these days. How sure they are was not asked before
    texts were frozen: then `facts_certainty`, the text and the pack are empty.
    """

    facts_on = models.DateField()
    facts_from = models.DateField(null=True, blank=True)
    facts_certainty = models.CharField(max_length=10, choices=Certainty, blank=True)
    law_text = models.CharField(max_length=60, blank=True)
    law_pack = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @property
    def days(self) -> Facts:
        """The days of the facts; from before certainty was asked, the single day that is stored."""
        certainty = Certainty(self.facts_certainty or Certainty.EXACT)
        return Facts(self.facts_on, self.facts_from, certainty)

    @property
    def named(self) -> Named:
        return Named(self.law_text, self.law_pack)
