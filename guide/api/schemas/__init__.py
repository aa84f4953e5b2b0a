"""The shapes of what is sent, field by field, for the description of the API and for whoever generates a client."""
