"""Wiring: settings, URLs, the task queue and the processes; no word about comets."""

import os

# One thread of linear algebra a process, before anything loads NumPy: the processes already share the
# processors, and threads of OpenBLAS that wait for each other spin (seven times the work on a busy machine).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from config.celery import app as celery_app

__all__ = ("celery_app",)
