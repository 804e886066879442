/** How pages get there: each channel reads, tries, waits and commits on its own. */
package io.foreshock.notifier.delivery;
