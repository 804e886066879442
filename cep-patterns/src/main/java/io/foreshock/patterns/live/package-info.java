/**
 * Patterns that change while a job runs: documents from a topic beside those from files, checked
 * once, and broadcast to the tasks that detect symptoms and match.
 */
package io.foreshock.patterns.live;
