/* Files of /proc and of a control group, of any bytes. The first byte says which. */
#include <stdlib.h>
#include <string.h>

#include "cgroup.h"
#include "maps.h"
#include "status.h"

static void group_paths(struct text file) {
    struct group_paths paths;
    parse_group_paths(file, &paths);
    const char *const all[] = {paths.memory, paths.pids, paths.unified};
    for (int i = 0; i < 3; i++) {
        size_t length = strnlen(all[i], GROUP_PATH);
        if (length == GROUP_PATH || (length > 0 && all[i][0] != '/')) abort();
        /* Never out of what the process sees. */
        for (const char *up = all[i]; (up = strstr(up, "/..")) != NULL; up += 3) {
            if (up[3] == 0 || up[3] == '/') abort();
        }
    }
}

static void maps(struct text file) {
    struct maps maps;
    struct text line;
    memset(&maps, 0, sizeof maps);
    while (next_line(&file, &line)) maps_line(&maps, line, 1);
    size_t length = strnlen(maps.counters, sizeof maps.counters);
    if (length == 0) return;
    if (length == sizeof maps.counters || strncmp(maps.counters, "hsperfdata_", 11) != 0) abort();
    const char *slash = strchr(maps.counters, '/');
    if (slash == NULL || strcmp(slash, "/1") != 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    char *exact = malloc(size);
    memcpy(exact, data + 1, size - 1);
    /* The buffer ends where the text ends. */
    exact = realloc(exact, size == 1 ? 1 : size - 1);
    struct text file = {exact, size - 1};
    struct status status;
    struct ticks ticks;
    struct pressure pressure;
    uint64_t number;
    switch (data[0] % 7) {
        case 0:
            if (parse_status(file, &status) && (status.inner_pid == 0 || status.inner_pid > INT32_MAX)) abort();
            break;
        case 1:
            if (parse_stat(file, &ticks) && (ticks.cpu > INT64_MAX || ticks.start > INT64_MAX)) abort();
            break;
        case 2: group_paths(file); break;
        case 3:
            if (parse_limit(file, &number) && number >= (uint64_t)1 << 60) abort();
            break;
        case 4:
            if (parse_pressure(file, "some", &pressure) && pressure.average[0] > 10099) abort();
            break;
        case 5: maps(file); break;
        default:
            if (number_of(file, "total_inactive_file", &number) && number > INT64_MAX) abort();
            break;
    }
    free(exact);
    return 0;
}
