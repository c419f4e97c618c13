"""The read API under /api/v1/: one module a noun, collected by `router.py`."""
