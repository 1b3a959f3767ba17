"""A study: strategies compared, curves drawn, and claims borne out or not."""
