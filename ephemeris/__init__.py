"""What machines fetched or computed: no person edits a word of it."""
