"""What people say of slopes, closures and tours, placed on the streets and measured; builder and desk ask alike."""
