#define _GNU_SOURCE
#include "deadline.h"

#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

enum { NANOS_PER_MILLI = 1000000 };

static volatile sig_atomic_t ended;

void deadlines_end_now(void) { ended = 1; }

int64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

struct deadline deadline_in(int64_t milliseconds) { return (struct deadline){now_nanos() + milliseconds * NANOS_PER_MILLI}; }

int deadline_left(struct deadline deadline) {
    int64_t left = deadline.nanos - now_nanos();
    if (left <= 0 || ended) return 0;
    int64_t milliseconds = (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    return milliseconds > INT_MAX ? INT_MAX : (int)milliseconds;
}

void sleep_until(struct deadline deadline, int milliseconds) {
    int left = deadline_left(deadline);
    poll(NULL, 0, left < milliseconds ? left : milliseconds);
}
