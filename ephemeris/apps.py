"""The Django application of bodies, orbits, campaigns and polls."""

from django.apps import AppConfig


class EphemerisConfig(AppConfig):
    name = "ephemeris"
    verbose_name = "Ephemeris and archives (kept by machines)"
