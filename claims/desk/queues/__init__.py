"""The queues of the desk, one file each (see `claims.desk.contract.Queue`)."""
