"""What an answer seems to say, by the phrases that desks use in English and in French. A guess.

The first that is found counts: what asks or refuses comes before what agrees, since “we have not
removed it” holds the word “removed”.
"""

import re

from balise.takedown.notices.rules.answers import Said

_READ = 4_000  # characters

_PHRASES: dict[Said, tuple[str, ...]] = {
    Said.NOT_THEIRS: (
        r"not hosted",
        r"not on our (?:network|servers?)",
        r"(?:do not|don't) host",
        r"not our customer",
        r"n'hébergeons pas",
        r"n'est pas hébergé",
    ),
    Said.TOO_LITTLE: (
        r"insufficient information",
        r"not enough information",
        r"(?:cannot|can't|unable to) (?:identify|locate|find)",
        r"informations? insuffisantes?",
        r"impossible d(?:'|e )(?:identifier|localiser|trouver)",
    ),
    Said.NEEDS_INFORMATION: (
        r"(?:please|could you|can you|kindly) (?:provide|send|give|clarify|confirm|specify)",
        r"(?:more|further|additional) (?:information|details)",
        r"(?:merci|veuillez|pourriez-vous)[^.]{0,30}(?:préciser|fournir|communiquer|transmettre)",
        r"(?:plus d'informations|informations complémentaires)",
    ),
    Said.REFUSED: (
        r"(?:does|do|did)(?: not|n't) violate",
        r"no violation",
        r"not (?:been |be )?(?:removed?|taken down)",
        r"(?:will|can)(?:not| not) (?:be )?(?:removed?|take)",
        r"declined?",
        r"refus(?:e|ons|é)",
        r"ne (?:sera|serons|retirons|supprimons)",
        r"n'enfreint pas",
        r"n'a pas été (?:retiré|supprimé)",
    ),
    Said.ALREADY_GONE: (
        r"already (?:been )?(?:removed|deleted|gone)",
        r"no longer (?:available|online|there|exists?)",
        r"n'(?:est|existe) plus",
        r"déjà (?:été )?(?:retiré|supprimé)",
    ),
    Said.DISABLED: (
        r"access[^.]{0,40}(?:disabled|blocked)",
        r"(?:disabled|blocked) (?:the )?access",
        r"accès[^.]{0,40}(?:bloqué|désactivé)",
    ),
    Said.REMOVED: (
        r"(?:been|was|were|have|has|is|are|we) (?:now |successfully )?(?:removed|deleted)",
        r"taken (?:it |this )?down",
        r"took (?:it |this )?down",
        r"(?:retiré|supprimé)e?s?\b",
    ),
    Said.RECEIVED: (
        r"(?:has|have) been received",
        r"we(?:'ve| have)? received",
        r"under review",
        r"looking into",
        r"bien reçu",
        r"accusons réception",
        r"en cours (?:de traitement|d'examen)",
    ),
}
_SEEMS = tuple(
    (said, re.compile("|".join(phrases), re.IGNORECASE)) for said, phrases in _PHRASES.items()
)


def guess(words: str) -> Said | None:
    """Return what words seem to say; None where no phrase is known."""
    text = " ".join(words.split())[:_READ].replace("’", "'")
    return next((said for said, pattern in _SEEMS if pattern.search(text)), None)
