"""Word documents laid out as GB/T 9704-2012 asks of official documents."""
