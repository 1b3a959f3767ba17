"""From replications to estimates: intervals, paired differences, when to stop."""
