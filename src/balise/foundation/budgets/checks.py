"""What `balise check` says of budgets."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.budgets.rules import DECLARED


@register()
def budgets_are_known(**_options: Any) -> list[CheckMessage]:
    """E464: a figure is given to a budget that there is not, or is no number."""
    told = {
        "BALISE_BUDGETS": settings.BUDGETS,
        "BALISE_BUDGETS_NEARBY": settings.BUDGETS_NEARBY,
    }
    hint = "Write it as helpline.vault.backups=80; `balise budgets` names them all."
    return [
        Error(f"{variable} has {name!r}={value!r}.", hint=hint, id="balise.E464")
        for variable, pairs in told.items()
        for name, value in pairs.items()
        if name not in DECLARED.by_name or not value.isdecimal()
    ]
