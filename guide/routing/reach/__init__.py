"""How far one gets in a time."""
