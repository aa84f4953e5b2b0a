"""Files both ways at the desk: a spreadsheet dropped, looked at and applied; the catalogue taken along."""
