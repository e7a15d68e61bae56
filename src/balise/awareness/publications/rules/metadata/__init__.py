"""What a page is in the words of others: schema.org and LRMI, LOM, Dublin Core, BIK."""

from balise.awareness.publications.rules.metadata.lom import Described as Described, ages as ages
from balise.awareness.publications.rules.metadata.table import (
    TABLE as TABLE,
    MetadataRow as MetadataRow,
    Place as Place,
)
from balise.awareness.publications.rules.metadata.writing import (
    BIK as BIK,
    as_bik as as_bik,
    as_dc as as_dc,
    as_json_ld as as_json_ld,
    as_lom as as_lom,
    as_lomfr as as_lomfr,
)
