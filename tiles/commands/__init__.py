"""Commands of ``python -m tiles`` that have no room of their own."""
