"""The model, stated once: pure functions that both engines call."""
