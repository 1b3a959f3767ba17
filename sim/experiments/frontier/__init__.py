"""What better service costs to run: which strategies are dominated, and the price at the margin."""
