"""`python -m sim.report.reference`: write the reference pages into docs/reference."""

from pathlib import Path

from sim.report.reference import PAGES

if __name__ == "__main__":
    for name, page in PAGES.items():
        Path("docs", "reference", name).write_text(page(), encoding="utf-8", newline="\n")
