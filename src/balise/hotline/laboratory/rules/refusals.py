"""What the laboratory refuses, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused


class CodeUnknown(Refused, code="case-code-unknown"):
    """No case opens with this code: mistyped, never issued, or forgotten since."""

    def __init__(self) -> None:
        super().__init__(
            str(_("No fingerprint opens with this code. Check it: 28 letters and digits."))
        )


class PrintsUnreadable(Refused, code="prints-unreadable"):
    """What came is no list of fingerprints."""

    def __init__(self) -> None:
        super().__init__(str(_("The fingerprints did not arrive whole. Choose the files again.")))


class TooMany(Refused, code="too-many-prints"):
    """One case holds a set number of pictures, and of seconds of video."""

    def __init__(self, most: int) -> None:
        said = _("One sending holds %(most)s pictures or videos, and an hour of video in all.")
        super().__init__(str(said % {"most": most}))


class NothingPrecise(Refused, code="nothing-precise"):
    """Nothing is left once the weak fingerprints are put aside."""

    def __init__(self) -> None:
        said = _("No fingerprint is precise enough yet. Choose another version of the picture.")
        super().__init__(str(said))


class CodeUsed(Refused, code="case-code-used"):
    """Another page has sent other fingerprints under this code, or deleted what waited there."""

    def __init__(self) -> None:
        said = _("These fingerprints have not left: another page used their code. Send them again.")
        super().__init__(str(said))


class ClaimMissing(Refused, code="claim-missing"):
    """Only the person in the picture, who did not agree, may have it stopped."""

    field = "claim"

    def __init__(self) -> None:
        super().__init__(str(_("Tick the box to go on. For someone else, call us first.")))


class ReportThere(Refused, code="case-has-report"):
    """A report is open under this code: an address is told in its dialogue."""

    field = "links"

    def __init__(self) -> None:
        said = _(
            "A report is open already under this code. Follow it, and write this address there."
        )
        super().__init__(str(said))


class NotNow(Refused, code="laboratory-not-now"):
    """Where the fingerprint or the dispute stands, the step is not possible."""

    def __init__(self) -> None:
        super().__init__(str(_("Something changed in the meantime. This step is not possible.")))
