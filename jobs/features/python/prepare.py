#!/usr/bin/env python3
"""Makes what Feast joins by from the rows of a backfill: each row at the time at which it became known.

    prepare.py --rows backfill/pump-condition --out data/pump-condition.parquet

Feast takes the last row before an entity's time, so rows must be in the order in which they were known, and rows that
came behind newer ones must be gone (see training_set.py). Needs pandas and pyarrow, which Feast brings.
"""

import argparse
import pathlib

import pandas as pd

from training_set import as_known


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", required=True, help="Parquet file, or folder of them")
    arguments.add_argument("--out", required=True, help="Parquet file to write")
    options = arguments.parse_args()
    rows = as_known(pd.read_parquet(options.rows))
    out = pathlib.Path(options.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    rows.to_parquet(out, index=False)
    print(f"{out}: {len(rows)} rows")


if __name__ == "__main__":
    main()
