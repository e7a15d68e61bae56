"""Tests of the settings, the server and the operators' commands."""
