"""Pages: a view gathers, calls and renders."""
