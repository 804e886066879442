/** Options of a job: declared once, read once, all problems reported at once. */
package io.foreshock.runtime.config;
