"""What is told of the field: workshops, interventions, returns, and what is planned."""
