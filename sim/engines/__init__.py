"""The engines move contacts and customers and return logs; they never count, price or judge."""
