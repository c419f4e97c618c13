"""Ephemerides, vectors, solutions and close approaches, as the public asks for them and reads them."""
