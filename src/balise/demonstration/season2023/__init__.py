"""The season of 2023: three years of an invented centre, whose figures are those of its plan."""
