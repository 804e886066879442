/** {@code foreshock mqtt-demo}: simulated sensors, an MQTT broker, the bridge and the job. */
package io.foreshock.cli.mqtt;
