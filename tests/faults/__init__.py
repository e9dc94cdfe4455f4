"""What a machine may do to an ingest: nothing is lost, and the user is told what to do next."""
