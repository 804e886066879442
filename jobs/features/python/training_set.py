"""The same as training_set.sql, in pandas."""

import pandas as pd


def as_known(rows):
    """Rows as they became known, less those that were behind what was known already when they came.

    After this the newest known row at any time is the last one by `known_at`.
    """
    rows = rows.sort_values(["asset_id", "computed_at", "event_time", "revision"])
    rows = rows.drop_duplicates(["asset_id", "computed_at"], keep="last")
    newest = rows["event_time"] == rows.groupby("asset_id")["event_time"].cummax()
    return rows[newest].rename(columns={"computed_at": "known_at"})


def training_set(rows, labels, oldest=None):
    """For each label the features of its asset as they could be known at `label_time`.

    oldest  features that became known longer ago are left out, as a pandas Timedelta
    """
    return pd.merge_asof(
        labels.sort_values("label_time"),
        as_known(rows).sort_values("known_at"),
        left_on="label_time",
        right_on="known_at",
        by="asset_id",
        tolerance=oldest,
    )
