#!/usr/bin/env python3
"""Prints the rows of a topic as lines of JSON, until nothing more comes.

    read_rows.py --bootstrap-servers broker-1:9092 --topic acme.features.pump-condition --schemas schemas/
    read_rows.py --bootstrap-servers broker-1:9092 --topic acme.sessions --registry http://registry-1:8081

Needs confluent_kafka, and fastavro or avro (Debian: python3-confluent-kafka python3-avro).
"""

import argparse
import datetime
import json
import sys

from foreshock_rows import Rows, consumer


def as_json(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds")
    return str(value)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bootstrap-servers", required=True)
    arguments.add_argument("--topic", required=True)
    arguments.add_argument("--schemas", help="folder of .avsc files, for single-object encoding")
    arguments.add_argument("--registry", help="address of the schema registry, for Confluent's wire format")
    arguments.add_argument("--group", default="foreshock-read-rows")
    arguments.add_argument("--idle-seconds", type=float, default=10, help="ends after this long without a row")
    options = arguments.parse_args()
    rows = Rows(folder=options.schemas, registry=options.registry)
    reader = consumer(options.bootstrap_servers, options.group)
    reader.subscribe([options.topic])
    try:
        while (message := reader.poll(options.idle_seconds)) is not None:
            if message.error():
                sys.exit(f"read_rows.py: {message.error()}")
            key = message.key().decode("utf-8") if message.key() else None
            print(json.dumps({"key": key, "row": rows.read(message.value())}, default=as_json), flush=True)
    finally:
        reader.close()


if __name__ == "__main__":
    main()
