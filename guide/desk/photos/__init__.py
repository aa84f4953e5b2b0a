"""Photos at the desk: sent in from a form, and shown to staff before visitors see them."""
