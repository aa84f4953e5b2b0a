"""How far the measured grades can be trusted: numbers, plots, and the page that shows them."""
