"""At which value of one thing two strategies cost the same, or another becomes the best."""
