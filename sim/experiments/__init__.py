"""Questions put to the model: replicate one strategy, compare several."""
