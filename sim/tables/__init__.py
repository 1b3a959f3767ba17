"""The only crossing from words to numbers: names become indices, times become seconds."""
