"""A dataset of as many figures as a test asks for."""

import csv
import shutil
from pathlib import Path

from ftz_cli.bundled import bundled_folder

AMOUNTS = (("", "exact"), ("约", "about"), ("超过", "over"), ("近", "nearly"))


def write_many(folder: Path, count: int) -> Path:
    """A folder like the bundled one, with `count` figures in place of its own."""
    shutil.copytree(bundled_folder(), folder)
    header = next(csv.reader((folder / "figures.csv").open(encoding="utf-8", newline="")))
    claims = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "claims.csv").write_text(claims + "\n", encoding="utf-8")
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        for number in range(count):
            word, bound = AMOUNTS[number % len(AMOUNTS)]
            value = f"{number % 9973}.{number % 90 + 10}"
            writer.writerow(
                {
                    "id": f"G{number:07d}", "zone": "wuhan", "metric": "gdp", "value": value,
                    "unit": "亿元", "bound": bound, "period": str(2000 + number % 25),
                    "period_kind": "during", "status": "measured", "article": "hubei",
                    "line": str(number % 37 + 5), "printed": f"{word}{value}亿元",
                }
            )  # fmt: skip
    return folder
