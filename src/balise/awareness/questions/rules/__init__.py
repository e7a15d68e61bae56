"""What questions are and what answers mean: pure, read from the data of a pack or of a row."""
