"""Finding slopes, landmarks and streets by what people type."""
