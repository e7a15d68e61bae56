"""How our codes for items translate into others': a table for each of their enumerations."""

from balise.takedown.law.rules.mappings.losses import Loss as Loss, loss as loss, said as said
from balise.takedown.law.rules.mappings.others import (
    DSA as DSA,
    INHOPE as INHOPE,
    IWF as IWF,
    NCMEC as NCMEC,
    XARF as XARF,
)
from balise.takedown.law.rules.mappings.tables import (
    NATIONAL as NATIONAL,
    Scheme as Scheme,
    Table as Table,
)

SCHEMES = [INHOPE, DSA, XARF, NCMEC, IWF]  # whoever hands items to others in their words adds one
