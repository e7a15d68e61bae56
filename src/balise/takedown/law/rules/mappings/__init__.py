"""How our codes for items translate into others': a table for each of their enumerations."""

from balise.takedown.law.rules.mappings.iccam import ICCAM
from balise.takedown.law.rules.mappings.losses import Loss, TableLoss, loss, said
from balise.takedown.law.rules.mappings.others import DSA, INHOPE, IWF, NCMEC, XARF
from balise.takedown.law.rules.mappings.tables import NATIONAL, Scheme, Table

SCHEMES = (ICCAM, INHOPE, DSA, XARF, NCMEC, IWF)

__all__ = [
    "DSA",
    "ICCAM",
    "INHOPE",
    "IWF",
    "NATIONAL",
    "NCMEC",
    "SCHEMES",
    "XARF",
    "Loss",
    "Scheme",
    "Table",
    "TableLoss",
    "loss",
    "said",
]
