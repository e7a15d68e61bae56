"""What is counted about CyberTips."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.onward.cybertips.events import CyberTipWritten

MEASURES = (Measure("takedown.cybertips.written", counts=CyberTipWritten, by=("for_line",)),)
