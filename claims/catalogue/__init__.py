"""The catalogue in `data/`: read and validated as text, compared with the database, loaded as rows."""
