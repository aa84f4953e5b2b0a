"""What people say of slopes: the catalogue files that staff keep, and their checks."""
