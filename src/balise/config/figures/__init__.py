"""The boards of figures: which measures of a line are shown, in which words.

Steering knows no line, and the lines know no board; this is the one place to extend when a line
counts something new. Every breakdown is published month by month with its small numbers withheld:
two breakdowns of one measure may not be worked out from each other (docs/operations/figures.md).
"""

from balise.config.figures.helpline import HELPLINE
from balise.config.figures.hotline import HOTLINE, PARTNERS, REMOVALS
from balise.config.figures.removals import PLATFORMS

BOARDS = (HOTLINE, PARTNERS, REMOVALS, HELPLINE, PLATFORMS)
