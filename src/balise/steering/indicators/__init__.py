"""What is counted, as it is defined and compared: breaks, targets, values as known on a day."""
