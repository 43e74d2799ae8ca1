"""How long an archive takes to answer the queries of README.md and docs/archive.md, asked about those it knows most of.

    python benchmarks/queries.py news.sqlite

For each query: the rows it gives and the median of seven runs.
"""

import re
import sqlite3
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
MANUALS = (ROOT / "README.md", ROOT / "docs" / "archive.md")
RUNS = 7
PAIR = """
SELECT one.name, other.name FROM agreement_parties AS one JOIN agreement_parties AS other USING (release_id, agreement_id)
WHERE one.entity < other.entity GROUP BY one.entity, other.entity ORDER BY count(*) DESC LIMIT 1
"""
EMPLOYER = "SELECT organization FROM roles WHERE title LIKE '%CEO%' GROUP BY organization_entity ORDER BY count(*) DESC"
SPEAKER = "SELECT speaker FROM speakers WHERE speaker IS NOT NULL GROUP BY entity ORDER BY count(*) DESC"


def fill(query: str, archive: sqlite3.Connection) -> str:
    """Return a query of the manual with names from the archive in place of its own."""
    one, other = archive.execute(PAIR).fetchone()
    (employer,) = archive.execute(EMPLOYER).fetchone()
    (speaker,) = archive.execute(SPEAKER).fetchone()
    names = {"Acme Robotics": employer if "CEO" in query else one, "Globex Foundation": other, "Jane Roe": speaker}
    for name, known in names.items():
        query = query.replace(f"'{name}'", "'{}'".format(known.replace("'", "''")))
    return query


def measure(query: str, archive: sqlite3.Connection) -> tuple[int, float]:
    """Return the number of rows and the milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        rows = archive.execute(query).fetchall()
        times.append(time.perf_counter() - start)
    return len(rows), 1000 * statistics.median(times)


def main() -> None:
    """Print one line for each query."""
    archive = sqlite3.connect(sys.argv[1])
    (count,) = archive.execute("SELECT count(*) FROM releases").fetchone()
    print(f"{count} releases")
    manual = "".join(path.read_text(encoding="utf-8") for path in MANUALS)
    for query in re.findall(r"```sql\n(.*?)```", manual, re.DOTALL):
        rows, milliseconds = measure(fill(query, archive), archive)
        print(f"{milliseconds:8.2f} ms {rows:6} rows   {query.splitlines()[0].removeprefix('-- ')}")


if __name__ == "__main__":
    main()
