"""Charts that belong to no claim: each kind one file, each chart one address with files, citations and a frame."""
