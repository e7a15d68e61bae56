"""How our codes for items translate into others': a table for each of their enumerations."""

from balise.takedown.law.rules.mappings.iccam import (
    ICCAM as ICCAM,
    NATIONAL as NATIONAL,
    Scheme as Scheme,
    Table as Table,
)
from balise.takedown.law.rules.mappings.losses import Loss as Loss, loss as loss, said as said
from balise.takedown.law.rules.mappings.others import (
    DSA as DSA,
    INHOPE as INHOPE,
    IWF as IWF,
    NCMEC as NCMEC,
    XARF as XARF,
)

SCHEMES = (ICCAM, INHOPE, DSA, XARF, NCMEC, IWF)
