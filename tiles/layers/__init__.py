"""Domain to map features: one file a layer family, what each tells and from which zoom."""
