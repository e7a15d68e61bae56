"""What the past says, what a week to come asks for, who is planned, who was there."""
