"""One replication followed: what happened in plain words, and its logs as tables."""
