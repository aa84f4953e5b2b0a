"""The words of the guide: values without behaviour that touches the outside (stdlib and numpy only)."""
