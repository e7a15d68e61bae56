"""The films and comics of the pack: films drawn in code, moment by moment; comics as SVG files."""
