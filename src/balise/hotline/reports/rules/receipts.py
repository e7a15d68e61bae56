"""What may go wrong with a receipt, said the same way whatever it is."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused


class ReceiptUnknown(Refused, code="receipt-unknown"):
    """No report opens with this receipt: mistyped, never issued, expired or without follow-up."""

    def __init__(self) -> None:
        super().__init__(
            str(_("No report opens with this code. Check it: 28 letters and digits, in 7 groups."))
        )


class AlreadySent(Refused, code="already-sent"):
    """A report that was sent is whole; what comes later is a message."""

    def __init__(self) -> None:
        super().__init__(str(_("This report was already sent. You can add a message to it.")))
