"""Drawings in code: places, people and things of our pictures, as SVG of 360 by 225 points."""
