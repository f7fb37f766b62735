"""Families made up for measuring how fast a whole State is judged."""

import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

FAMILIES = 3_000_000
# A share of families in a thousand for each yes; the rest is no.
SHARES = {
    "homeless": 5, "katcha_house": 120, "head_disabled": 15, "head_widow": 60, "head_single_woman": 15,
    "landless_agricultural_labourer": 90, "income_tax_payer": 60, "vat_assessee": 8, "service_tax_payer": 8,
    "professional_tax_payer": 8, "owns_motorised_four_wheeler": 90, "owns_air_conditioner": 50,
    "registered_enterprise": 20, "owns_agricultural_four_wheeler": 40,
}  # fmt: skip
WORK = (
    "cultivation", "manual_casual_labour", "domestic_service_part_or_full_time", "shop_worker", "street_worker",
    "construction_and_labour", "transport_worker", "no_income", "something_else",
)  # fmt: skip
EMPLOYED = ("state_government:regular", "municipal_committee:contractual", "private:regular", "none")
ON = date(2015, 1, 16)


def write_families(path: Path, families: int = FAMILIES) -> None:
    """A Parquet file of made-up families with every fact that Haryana's lists ask for."""
    share = ", ".join(
        f"hash(i, {n}) % 1000 < {one} AS {name}" for n, (name, one) in enumerate(SHARES.items())
    )
    duckdb.sql(
        f"""
        COPY (
          SELECT i AS family, CASE WHEN hash(i, 50) % 3 = 0 THEN 'urban' ELSE 'rural' END AS area, {share},
            {list(WORK)}[1 + (hash(i, 51) % {len(WORK)})::INT] AS main_income,
            {list(EMPLOYED)}[1 + (hash(i, 52) % {len(EMPLOYED)})::INT] AS members_employment,
            ['none', 'APL', 'OPH', 'CBPL', 'SBPL', 'AAY'][1 + (hash(i, 53) % 6)::INT] AS existing_card,
            ['municipal_corporation', 'municipal_council', 'municipal_committee'][1 + (hash(i, 54) % 3)::INT]
              AS local_body,
            (hash(i, 55) % 26000 * 1000 / 100)::DECIMAL(12, 2) AS annual_income,
            (hash(i, 56) % 700 / 100)::DECIMAL(8, 2) AS land_acres,
            (hash(i, 57) % 320)::DECIMAL(8, 2) AS house_plot_sq_yd,
            (hash(i, 58) % 1600)::DECIMAL(8, 2) AS flat_super_area_sq_ft
          FROM range({families}) AS numbers(i)
        ) TO '{path}' (FORMAT parquet)
        """
    )


def eligibility_seconds(folder: Path, families: int = FAMILIES) -> dict[str, Any]:
    """Seconds from a file of families to a file of decisions with every criterion met; the better of two runs."""
    from rasad.pipelines.eligibility.run import judge
    from rasad.pipelines.engine import Engine

    folder.mkdir(parents=True, exist_ok=True)
    given = folder / f"eligibility-families-{families}.parquet"
    if not given.exists():
        write_families(given, families)
    seconds: list[float] = []
    for _ in range(2):
        out = folder / "eligibility-out"
        shutil.rmtree(out, ignore_errors=True)
        begun = time.perf_counter()
        engine = Engine("duckdb", scratch=folder / "eligibility-scratch")
        judged = judge(engine, engine.read(given), state="IN-HR", on=ON, out=out)
        told = judged.decisions.count().to_pyarrow().as_py()
        engine.close()
        seconds.append(time.perf_counter() - begun)
        assert told == families, f"{told} decisions for {families} families"
    return {"eligibility_seconds": round(min(seconds), 2), "eligibility_families": families}


if __name__ == "__main__":
    from rasad.settings import HOME

    print(eligibility_seconds(HOME / "bench"))
