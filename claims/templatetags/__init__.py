"""What templates say by filters and tags: numbers with units, moments, drawings, links."""
