/* The control group of a process: where its files are, and what they say. Versions 1 and 2 (kernel documentation: cgroup-v1/memory, cgroup-v2). */
#ifndef HEAPWARDEN_CGROUP_H
#define HEAPWARDEN_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

enum { GROUP_PATH = 512 };

/* Paths of /proc/PID/cgroup. Empty where there is none, and where one leads upwards: then it lies outside of what the process sees. */
struct group_paths {
    char memory[GROUP_PATH], pids[GROUP_PATH], unified[GROUP_PATH];
};
void parse_group_paths(struct text file, struct group_paths *paths);

/* A size, or "max" and the like, which is none. */
bool parse_limit(struct text file, uint64_t *limit);

/* Of one line of a pressure file: averages over 10, 60 and 300 seconds in hundredths of a percent, and the total in microseconds. */
struct pressure {
    uint64_t average[3], total;
};
bool parse_pressure(struct text file, const char *kind, struct pressure *pressure);

struct group {
    int version; /* 0 where there is no memory controller to be seen */
    int memory, pids; /* directories; -1 where there is none */
    char path[GROUP_PATH]; /* of memory, in version 2, below the mount */
};

/* Finds the group of a process. The files are looked for where the process itself sees them, below its root. */
void open_group(int process, int root, struct group *group);
void close_group(struct group *group);

struct group_memory {
    bool has_limit, has_ceiling, has_usage, has_anon, has_inactive, has_active;
    uint64_t limit, ceiling, usage, anon, inactive, active;
};

/* The files that every question needs. */
void read_group_memory(const struct group *group, int root, struct group_memory *memory);

/* What the group can still take before something in it is killed; false when nothing limits it. May be negative. */
bool group_free(const struct group_memory *memory, int64_t *free);

/* Writes everything as the JSON object "cgroup". */
void write_group(const struct group *group, const struct group_memory *memory);

#endif
