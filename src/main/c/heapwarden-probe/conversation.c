#define _GNU_SOURCE
#include "conversation.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "output.h"

enum { REQUEST_BYTES = 256 };

/* Whether the socket can be used now; false when time is up. */
static bool ready(int socket, short events, struct deadline deadline) {
    for (;;) {
        struct pollfd one = {.fd = socket, .events = events};
        int found = poll(&one, 1, deadline_left(deadline));
        if (found == 1) return true;
        if (deadline_left(deadline) == 0) return false;
    }
}

static size_t append(char *request, size_t filled, const char *word) {
    size_t length = strlen(word) + 1;
    if (filled + length > REQUEST_BYTES) return filled; /* No command of ours is that long. */
    memcpy(request + filled, word, length);
    return filled + length;
}

bool send_request(int socket, int version, const char *command, const char *argument, struct deadline deadline) {
    char request[REQUEST_BYTES], size[24];
    size_t filled = append(request, 0, version == 1 ? "1" : "2");
    if (version == 2) {
        snprintf(size, sizeof size, "%zu", strlen(command) + 1 + strlen(argument) + 1);
        filled = append(request, filled, size);
    }
    filled = append(request, filled, command);
    filled = append(request, filled, argument);
    if (version == 1) filled = append(request, append(request, filled, ""), "");
    for (size_t sent = 0; sent < filled;) {
        if (!ready(socket, POLLOUT, deadline)) return false;
        ssize_t some = send(socket, request + sent, filled - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (some > 0) sent += (size_t)some;
        else if (errno != EINTR && errno != EAGAIN) break;
    }
    return true;
}

enum talk receive(int socket, struct reply *reply, struct deadline deadline, taker *take, void *context) {
    char piece[CHUNK_BYTES];
    for (;;) {
        if (!ready(socket, POLLIN, deadline)) return TALK_TIMED_OUT;
        ssize_t got = recv(socket, piece, sizeof piece, MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return reply->state == REPLY_BODY ? TALK_ANSWERED : TALK_CUT;
        struct text output = reply_feed(reply, (struct text){piece, (size_t)got});
        if (reply->state == REPLY_GARBLED) return TALK_GARBLED;
        if (output.length > 0) take(context, output);
    }
}
