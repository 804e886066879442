#!/usr/bin/env python3
"""Feeds Feast's online store from the topics of one tenant, until it is stopped.

    push.py --bootstrap-servers broker-1:9092 --tenant acme --schemas schemas/

Offsets are committed after Feast has the rows: a restart repeats rows, which changes nothing. Needs feast, confluent_kafka, and fastavro.
"""

import argparse
import collections
import json
import pathlib
import sys

import pandas as pd

from foreshock_rows import Rows, consumer


class Newest:
    """Time and revision of the newest row of each asset, kept in a file over restarts.

    A late correction of an older row is history, and no news to the online store, which keeps what comes last.
    """

    def __init__(self, file):
        self._file = pathlib.Path(file)
        self._known = json.loads(self._file.read_text()) if self._file.exists() else {}

    def accepts(self, topic, row):
        mark = [row["event_time"].timestamp(), row["revision"]]
        key = f"{topic} {row['asset_id']}"
        if self._known.get(key, [0, -1]) > mark:
            return False
        self._known[key] = mark
        return True

    def save(self):
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(self._known))
        new.replace(self._file)


def push(store, name, rows):
    from feast.data_source import PushMode

    frame = pd.DataFrame(rows).rename(columns={"computed_at": "known_at"})
    frame = frame.drop_duplicates("asset_id", keep="last")
    store.push(f"{name}_push", frame, to=PushMode.ONLINE)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bootstrap-servers", required=True)
    arguments.add_argument("--tenant", required=True)
    arguments.add_argument("--schemas", default="schemas", help="folder of .avsc files")
    arguments.add_argument("--registry", help="address of the schema registry, for Confluent's wire format")
    arguments.add_argument("--repository", default=".", help="folder of feature_store.yaml")
    arguments.add_argument("--batch", type=int, default=500, help="rows that are pushed together")
    options = arguments.parse_args()

    from feast import FeatureStore

    store = FeatureStore(repo_path=options.repository)
    rows = Rows(folder=options.schemas, registry=options.registry)
    schemas = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(pathlib.Path(options.schemas).glob("*.avsc"))]
    names = {f"{options.tenant}.features.{s['featureSet']}": s["featureSet"].replace("-", "_") for s in schemas}
    reader = consumer(options.bootstrap_servers, f"{options.tenant}.feast")
    reader.subscribe(sorted(names))
    newest = Newest(pathlib.Path(options.repository) / "data" / "newest.json")
    try:
        while True:
            messages = reader.consume(options.batch, timeout=1)
            accepted = collections.defaultdict(list)
            for message in messages:
                if message.error():
                    sys.exit(f"push.py: {message.error()}")
                row = rows.read(message.value())
                if row is not None and newest.accepts(message.topic(), row):
                    accepted[names[message.topic()]].append(row)
            for name, of_name in accepted.items():
                push(store, name, of_name)
            if messages:
                newest.save()
                reader.commit(asynchronous=False)
    finally:
        reader.close()


if __name__ == "__main__":
    main()
