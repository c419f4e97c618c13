"""Charts, one file each, from records to a figure, its table rows and one finding sentence."""
