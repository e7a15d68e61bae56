"""The tables of surveys: what is asked, what is on its way, what is stored of answers."""

from balise.awareness.surveys.models.answers import (
    DRAFT as DRAFT,
    TEXT as TEXT,
    WAITING as WAITING,
    AnswerSet as AnswerSet,
    Draft as Draft,
    FreeText as FreeText,
    Sent as Sent,
    Waiting as Waiting,
)
from balise.awareness.surveys.models.asking import (
    Invitation as Invitation,
    QuotaCount as QuotaCount,
    Survey as Survey,
    Wording as Wording,
)
from balise.awareness.surveys.models.results import Edition as Edition

LINE = "awareness"
