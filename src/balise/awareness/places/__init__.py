"""Places where the young are met: structures, the kits they order, the workshops held there."""
