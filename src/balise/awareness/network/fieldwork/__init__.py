"""What was done with people met: workshops, and interventions asked for."""
