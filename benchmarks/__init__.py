"""How fast the engines are: `python -m benchmarks`. Not part of the tests."""
