"""What the law says of a content, and what a content shows: pure, by country pack and by date."""

from balise.takedown.law.rules.facts import (
    Certainty as Certainty,
    Facts as Facts,
    check_days as check_days,
    law_of as law_of,
)
from balise.takedown.law.rules.histories import (
    DSA_CATEGORIES as DSA_CATEGORIES,
    DSA_KEYWORDS as DSA_KEYWORDS,
    Absence as Absence,
    Course as Course,
    History as History,
    NotInForce as NotInForce,
    Offence as Offence,
    OffenceUnknown as OffenceUnknown,
    TextAnnulled as TextAnnulled,
    Why as Why,
    check_citable as check_citable,
)
from balise.takedown.law.rules.offences import (
    Law as Law,
    all_offences as all_offences,
    law as law,
    offence_on as offence_on,
    offences as offences,
)
