"""Routes: planned within limits and around closures, with warnings and alternatives."""
