"""The staff's desk: pages that the server renders, a room for each subject. It knows the office, never the database."""
