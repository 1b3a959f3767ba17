"""How much what is assumed moves a result: one at a time, screened, and all at once."""
