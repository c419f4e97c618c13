"""What became of the sources that the record rests on: looked at by workers, judged by people."""
