"""Results for a reader: tables, charts and files."""
