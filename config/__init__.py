"""Wiring: settings, URLs, the task queue and the processes; no word about comets."""

from config.celery import app as celery_app

__all__ = ("celery_app",)
