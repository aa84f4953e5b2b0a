"""OpenStreetMap to a Network and Landmarks: a file for each kind of input, one for the rules, one to assemble."""
