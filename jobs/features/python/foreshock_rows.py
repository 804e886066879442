"""Reads the Avro values of Foreshock's topics: features, sessions, predictions.

Needs one Avro library: `fastavro`, or Apache's `avro` (Debian: python3-avro).
"""

import io
import json
import pathlib
import struct
import urllib.request

SINGLE_OBJECT = b"\xc3\x01"
CONFLUENT = b"\x00"


class Unreadable(ValueError):
    """The value is not in a form that is known here; the message says what it is instead."""


class Rows:
    """Turns values into dictionaries.

    folder    holds the .avsc files of every version in use (`./foreshock features schema --out`), for values
              in single-object encoding
    registry  address of a schema registry, for values in Confluent's wire format
    reader    schema to read into; without it each row has the fields that it was written with
    """

    def __init__(self, folder=None, registry=None, reader=None):
        self._registry = registry.rstrip("/") if registry else None
        self._by_fingerprint = {}
        self._by_id = {}
        self._reader = reader
        for file in sorted(pathlib.Path(folder).glob("*.avsc")) if folder else []:
            schema = json.loads(file.read_text(encoding="utf-8"))
            self._by_fingerprint[schema.get("fingerprint") or fingerprint(schema)] = _Schema(schema, reader)

    def read(self, value):
        """The row, or None for a tombstone: the key is deleted."""
        if value is None:
            return None
        if value[:2] == SINGLE_OBJECT and len(value) >= 10:
            fingerprint = value[2:10].hex()
            schema = self._by_fingerprint.get(fingerprint)
            if schema is None:
                raise Unreadable(f"no .avsc file with the fingerprint {fingerprint}: add the one it was written with")
            return schema.read(value[10:])
        if value[:1] == CONFLUENT and len(value) >= 5:
            return self._schema(struct.unpack(">I", value[1:5])[0]).read(value[5:])
        raise Unreadable(f"value of {len(value)} bytes begins with {value[:2].hex()}: not an Avro value of Foreshock")

    def _schema(self, number):
        if number not in self._by_id:
            if self._registry is None:
                raise Unreadable(f"value carries schema id {number} of a registry: name its address")
            with urllib.request.urlopen(f"{self._registry}/schemas/ids/{number}") as answer:
                schema = json.loads(json.load(answer)["schema"])
            self._by_id[number] = _Schema(schema, self._reader)
        return self._by_id[number]


class _Schema:
    """One writer's schema, in the library that is there."""

    def __init__(self, writer, reader):
        try:
            import fastavro
        except ImportError:
            self._read = self._with_avro(writer, reader)
        else:
            parsed = fastavro.parse_schema(writer)
            target = fastavro.parse_schema(reader) if reader else None
            self._read = lambda body: fastavro.schemaless_reader(body, parsed, target)

    @staticmethod
    def _with_avro(writer, reader):
        import avro.io
        import avro.schema

        parsed = avro.schema.parse(json.dumps(writer))
        target = avro.schema.parse(json.dumps(reader)) if reader else parsed
        datum = avro.io.DatumReader(parsed, target)
        return lambda body: datum.read(avro.io.BinaryDecoder(body))

    def read(self, body):
        return self._read(io.BytesIO(body))


def fingerprint(schema):
    """CRC-64-AVRO of a schema as it stands in front of values, in hexadecimal: for files that do not state it."""
    crc = 0xC15D213AA4D7A795
    for byte in _canonical(schema, None).encode("utf-8"):
        row = (crc ^ byte) & 0xFF
        for _ in range(8):
            row = (row >> 1) ^ (0xC15D213AA4D7A795 if row & 1 else 0)
        crc = (crc >> 8) ^ row
    return struct.pack("<Q", crc).hex()


def _canonical(schema, namespace):
    """Avro's parsing canonical form: what decides how bytes are read, and nothing else."""
    if isinstance(schema, str):
        known = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}
        return json.dumps(schema if schema in known or "." in schema or not namespace else f"{namespace}.{schema}")
    if isinstance(schema, list):
        return "[" + ",".join(_canonical(each, namespace) for each in schema) + "]"
    kind = schema["type"]
    if kind == "array":
        return f'{{"type":"array","items":{_canonical(schema["items"], namespace)}}}'
    if kind == "map":
        return f'{{"type":"map","values":{_canonical(schema["values"], namespace)}}}'
    if kind not in ("record", "enum", "fixed"):
        return _canonical(kind, namespace)
    name = schema["name"]
    if "." not in name and schema.get("namespace", namespace):
        name = f"{schema.get('namespace', namespace)}.{name}"
    text = f'{{"name":{json.dumps(name)},"type":"{kind}"'
    if kind == "enum":
        return text + f',"symbols":[{",".join(json.dumps(symbol) for symbol in schema["symbols"])}]}}'
    if kind == "fixed":
        return text + f',"size":{schema["size"]}}}'
    fields = (
        f'{{"name":{json.dumps(field["name"])},"type":{_canonical(field["type"], name.rpartition(".")[0])}}}'
        for field in schema["fields"]
    )
    return text + f',"fields":[{",".join(fields)}]}}'


def consumer(bootstrap_servers, group, **more):
    """A Kafka consumer that sees what is committed, and nothing else."""
    from confluent_kafka import Consumer

    return Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": group,
            # Rows of a transaction that is open or aborted are not rows: without this, some would come twice.
            "isolation.level": "read_committed",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            **more,
        }
    )
