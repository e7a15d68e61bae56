"""The engine of questions: kinds, logic, checks, reading of answers, imports."""
