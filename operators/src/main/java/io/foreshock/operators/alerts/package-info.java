/**
 * From detections and commands to alerts and what people are told: the life of an alert,
 * escalation, silences, storms. The classes that decide know no Flink and no clock; operators
 * around them keep their state.
 */
package io.foreshock.operators.alerts;
