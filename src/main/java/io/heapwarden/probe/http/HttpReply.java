package io.heapwarden.probe.http;

import java.net.http.HttpHeaders;

/**
 * How an answer was headed. Its body went to the sink when the status is 200, and was left unread otherwise.
 *
 * @param status HTTP status
 * @param headers its headers
 */
public record HttpReply(int status, HttpHeaders headers) {}
