"""What people said and signed: no worker changes a word of it."""
