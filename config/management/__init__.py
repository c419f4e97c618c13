"""Commands of the site: up, backup, restore."""
