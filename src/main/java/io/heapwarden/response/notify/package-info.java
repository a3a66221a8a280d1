/**
 * Tells people outside the cluster: what is to be said as a typed notice, receivers that the platform team has named (Alertmanager, signed webhooks,
 * Slack), and delivery that is bounded in time and memory, retried, and never waited for. See docs/notifications.md.
 */
@NullMarked
package io.heapwarden.response.notify;

import org.jspecify.annotations.NullMarked;
