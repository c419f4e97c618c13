"""Which reviewed claims does a text repeat?  Scoring without a database: it proposes, people decide."""
