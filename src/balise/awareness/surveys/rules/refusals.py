"""What is refused, to who makes a survey and to who answers one."""

from balise.foundation.refusals import Refused


class SlugTaken(Refused, code="slug-taken"):
    field = "slug"


class WordsMissing(Refused, code="words-missing"):
    pass


class DatesFaulty(Refused, code="dates-faulty"):
    field = "closes_on"


class PromiseMade(Refused, code="promise-made"):
    """What people were promised with the first answer does not change."""


class WordingFaulty(Refused, code="wording-faulty"):
    field = "text"


class NothingPrepared(Refused, code="nothing-prepared"):
    pass


class StateWrong(Refused, code="survey-state-wrong"):
    pass


class NoticeTooLate(Refused, code="notice-too-late"):
    field = "notice_on"


class TextChanged(Refused, code="text-changed"):
    pass


class NotOpen(Refused, code="survey-not-open"):
    """It is not open yet, or not any more."""


class WordsUnknown(Refused, code="words-unknown"):
    field = "words"


class AnsweredElsewhere(Refused, code="answered-elsewhere"):
    """Another tab answered the question otherwise meanwhile."""


class AnsweredAlready(Refused, code="answered-already"):
    """The answers were sent already, or given up, from another tab."""


class Unfinished(Refused, code="survey-unfinished"):
    pass
