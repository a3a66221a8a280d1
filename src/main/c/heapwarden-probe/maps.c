#define _GNU_SOURCE
#include "maps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 8192 };

static struct text last_part(struct text line, const char *from) {
    struct text part = {NULL, 0};
    const char *at = line.at;
    size_t left = line.length, length = strlen(from);
    for (const char *found; (found = memmem(at, left, from, length)) != NULL;) {
        part.at = found + 1;
        part.length = line.length - (size_t)(found + 1 - line.at);
        at = found + 1;
        left = part.length;
    }
    return part;
}

void maps_line(struct maps *maps, struct text line, unsigned long inner_pid) {
    if (!maps->hotspot) maps->hotspot = text_contains(line, "/libjvm.so");
    if (!maps->openj9) maps->openj9 = text_contains(line, "/libj9vm");
    if (maps->counters[0] != 0) return;
    struct text part = last_part(line, "/hsperfdata_");
    char end[24];
    int digits = snprintf(end, sizeof end, "/%lu", inner_pid);
    size_t length = (size_t)digits;
    if (part.at == NULL || part.length <= length || part.length >= sizeof maps->counters) return;
    const char *slash = memchr(part.at, '/', part.length);
    if (slash == NULL || slash != part.at + part.length - length || memcmp(slash, end, length) != 0) return;
    if (memchr(part.at, 0, part.length) != NULL) return;
    memcpy(maps->counters, part.at, part.length);
    maps->counters[part.length] = 0;
}

bool read_maps(int process, unsigned long inner_pid, struct maps *maps) {
    static char buffer[LINE_BYTES];
    memset(maps, 0, sizeof *maps);
    int file = openat(process, "maps", O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    size_t filled = 0;
    ssize_t got;
    while ((got = read(file, buffer + filled, sizeof buffer - filled)) > 0 || (got < 0 && errno == EINTR)) {
        if (got < 0) continue;
        filled += (size_t)got;
        size_t start = 0;
        for (char *end; (end = memchr(buffer + start, '\n', filled - start)) != NULL;) {
            size_t length = (size_t)(end - buffer) - start;
            maps_line(maps, (struct text){buffer + start, length}, inner_pid);
            start += length + 1;
        }
        filled -= start;
        memmove(buffer, buffer + start, filled);
        if (filled == sizeof buffer) filled = 0; /* No path is that long. */
    }
    close(file);
    return got == 0;
}
