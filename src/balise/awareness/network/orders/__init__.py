"""Printed kits: stock, print runs, deliveries."""
