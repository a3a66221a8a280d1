/**
 * One bounded HTTP request to somebody who is not trusted: limits on time and length, no redirects, no cookies, no compression, and an answer that
 * is handed on as it comes in.
 */
@NullMarked
package io.heapwarden.probe.http;

import org.jspecify.annotations.NullMarked;
