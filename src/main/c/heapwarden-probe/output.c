#define _GNU_SOURCE
#include "output.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A pipe that is said to be writable takes this much at once (PIPE_BUF), so no write waits. */
enum { AT_ONCE = 4096, STDOUT = 1 };

static char buffer[AT_ONCE];
static size_t filled;
static bool broken;
static struct deadline until;

void output_until(struct deadline deadline) { until = deadline; }

static bool writable(int milliseconds) {
    struct pollfd out = {.fd = STDOUT, .events = POLLOUT};
    return poll(&out, 1, milliseconds) == 1 && (out.revents & (POLLERR | POLLNVAL)) == 0;
}

bool output_would_wait(int milliseconds) { return !writable(milliseconds); }

bool output_works(void) { return !broken; }

bool output_flush(void) {
    size_t done = 0;
    while (!broken && done < filled) {
        if (!writable(deadline_left(until))) {
            if (errno == EINTR && deadline_left(until) > 0) continue;
            broken = true;
            break;
        }
        ssize_t written = write(STDOUT, buffer + done, filled - done);
        if (written > 0) done += (size_t)written;
        else if (written < 0 && errno != EINTR && errno != EAGAIN) broken = true;
    }
    filled = 0;
    return !broken;
}

void output_put(const char *bytes, size_t length) {
    while (length > 0) {
        if (filled == sizeof buffer) output_flush();
        size_t part = sizeof buffer - filled < length ? sizeof buffer - filled : length;
        memcpy(buffer + filled, bytes, part);
        filled += part;
        bytes += part;
        length -= part;
    }
}

bool output_chunk(const char *bytes, size_t length) {
    char head[16];
    int digits = snprintf(head, sizeof head, "%zx\n", length);
    output_put(head, (size_t)digits);
    output_put(bytes, length);
    output_put("\n", 1);
    return output_flush();
}
