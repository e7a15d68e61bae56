"""What is right in the field: people counted, workshops, interventions, schools. Pure."""
