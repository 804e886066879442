"""Counts keys in the newest records of a topic: hot_keys.py BROKERS TOPIC RECORDS-OF-EACH-PARTITION"""

import collections
import sys

from confluent_kafka import Consumer, TopicPartition

brokers, topic, newest = sys.argv[1], sys.argv[2], int(sys.argv[3])
consumer = Consumer({"bootstrap.servers": brokers, "group.id": "hot-keys", "enable.auto.commit": False})
keys: collections.Counter = collections.Counter()
for partition in consumer.list_topics(topic, 10).topics[topic].partitions:
    place = TopicPartition(topic, partition)
    low, high = consumer.get_watermark_offsets(place, 10)
    if high <= low:
        continue
    place.offset = max(low, high - newest)
    consumer.assign([place])
    while True:
        record = consumer.poll(5)
        if record is None:
            break
        if record.error():
            sys.exit(str(record.error()))
        keys[(record.key() or b"").decode(errors="replace")] += 1
        if record.offset() >= high - 1:
            break
consumer.close()
total = sum(keys.values())
for key, count in keys.most_common(5):
    print(f"{key}: {count} records, {100 * count / total:.0f} %")
