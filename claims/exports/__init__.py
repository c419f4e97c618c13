"""One claim in other spellings: JSON, CSV, citations, embeds, cards; and the site's notes to programs."""
