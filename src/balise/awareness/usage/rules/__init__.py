"""What is counted, once for whom, in which days: pure."""
