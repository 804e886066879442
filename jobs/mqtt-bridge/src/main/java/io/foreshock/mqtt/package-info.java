/** MQTT broker to raw telemetry on Kafka: subscribe, map, produce, and only then acknowledge. */
package io.foreshock.mqtt;
