"""What is counted of surveys."""

from balise.awareness.surveys.events import AnswersStored
from balise.foundation.statistics.measures import Measure

MEASURES = (Measure("awareness.survey-answers", counts=AnswersStored, day="day", amount="many"),)
