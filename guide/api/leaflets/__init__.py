"""Leaflets over HTTP: any tour as a PDF to print."""
