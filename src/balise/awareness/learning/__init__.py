"""How adults learn: events one registers for, trainings, badges."""
