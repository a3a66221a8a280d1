/* What the kernel says of a process: /proc/PID/status and /proc/PID/stat, as proc(5) describes them. */
#ifndef HEAPWARDEN_STATUS_H
#define HEAPWARDEN_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

struct status {
    uint64_t rss, rss_anon; /* bytes */
    bool has_rss, has_rss_anon;
    uint64_t threads;
    uint64_t uid, gid; /* effective */
    uint64_t caught, pending; /* signal masks */
    uint64_t inner_pid; /* as the process knows it itself */
};

struct ticks {
    uint64_t start, cpu;
    char state;
};

bool parse_status(struct text file, struct status *status);
bool parse_stat(struct text file, struct ticks *ticks);
bool catches_quit(const struct status *status);
bool quit_is_pending(const struct status *status);

/* The same, read from /proc/PID opened as a directory; false when the process has ended. */
bool read_status(int process, struct status *status);
bool read_ticks(int process, struct ticks *ticks);
/* Whether it still runs: that very process, not a zombie, and not about to be one. */
bool is_alive(int process);

#endif
