"""Claims and appearances in bulk, out of the desk and into it: CSV and JSON, with the catalogue's own rules."""
