#define _GNU_SOURCE
#include "cgroup.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "files.h"

/* Nobody has an exbibyte: version 1 says "no limit" as the largest number of whole pages, which depends on the page size. */
#define NO_LIMIT ((uint64_t)1 << 60)

enum { SMALL = 64, LIST = 16384, DEEPEST = 16 };

static bool upwards(struct text path) {
    for (size_t i = 0; i + 2 < path.length; i++) {
        if (memcmp(path.at + i, "/..", 3) == 0 && (i + 3 == path.length || path.at[i + 3] == '/')) return true;
    }
    return false;
}

static void keep(char *kept, struct text path) {
    if (path.length >= GROUP_PATH || path.length < 2 || path.at[0] != '/' || upwards(path) || memchr(path.at, 0, path.length) != NULL) return;
    memcpy(kept, path.at, path.length);
    kept[path.length] = 0;
}

static bool lists(struct text names, const char *wanted) {
    size_t length = strlen(wanted);
    for (size_t i = 0; i + length <= names.length; i++) {
        if ((i == 0 || names.at[i - 1] == ',') && memcmp(names.at + i, wanted, length) == 0
            && (i + length == names.length || names.at[i + length] == ','))
            return true;
    }
    return false;
}

void parse_group_paths(struct text file, struct group_paths *paths) {
    memset(paths, 0, sizeof *paths);
    struct text line;
    while (next_line(&file, &line)) {
        const char *first = memchr(line.at, ':', line.length);
        if (first == NULL) continue;
        size_t after = (size_t)(first - line.at) + 1;
        const char *second = memchr(first + 1, ':', line.length - after);
        if (second == NULL) continue;
        struct text names = {first + 1, (size_t)(second - first) - 1};
        struct text path = {second + 1, line.length - (size_t)(second - line.at) - 1};
        if (names.length == 0 && text_starts(line, "0:")) keep(paths->unified, path);
        if (lists(names, "memory")) keep(paths->memory, path);
        if (lists(names, "pids")) keep(paths->pids, path);
    }
}

bool parse_limit(struct text file, uint64_t *limit) {
    struct text line;
    return next_line(&file, &line) && decimal(line, limit) && *limit < NO_LIMIT;
}

/* "1.25" as 125. */
static bool hundredths(struct text word, uint64_t *value) {
    const char *point = memchr(word.at, '.', word.length);
    if (point == NULL || word.length - (size_t)(point - word.at) != 3) return false;
    uint64_t whole, part;
    if (!decimal((struct text){word.at, (size_t)(point - word.at)}, &whole) || !decimal((struct text){point + 1, 2}, &part)) return false;
    if (whole > 100) return false;
    *value = whole * 100 + part;
    return true;
}

bool parse_pressure(struct text file, const char *kind, struct pressure *pressure) {
    static const char *const keys[] = {"avg10=", "avg60=", "avg300="};
    struct text rest, word;
    if (!rest_of(file, kind, &rest)) return false;
    for (size_t i = 0; i < 3; i++) {
        size_t key = strlen(keys[i]);
        if (!next_word(&rest, &word) || !text_starts(word, keys[i])) return false;
        if (!hundredths((struct text){word.at + key, word.length - key}, &pressure->average[i])) return false;
    }
    return next_word(&rest, &word) && text_starts(word, "total=") && decimal((struct text){word.at + 6, word.length - 6}, &pressure->total);
}

static int directory_with(int root, const char *mount, const char *path, const char *file) {
    char whole[GROUP_PATH + SMALL];
    snprintf(whole, sizeof whole, "%s%s", mount, path);
    int directory = open_in_root(root, whole, O_RDONLY | O_DIRECTORY);
    if (directory >= 0 && faccessat(directory, file, R_OK, 0) != 0) {
        close(directory);
        directory = -1;
    }
    return directory;
}

/* The group by its path where the process sees the whole tree, as on a host; inside a container the group is the root of what is mounted. */
static int by_path_or_root(int root, const char *mount, const char *path, const char *file, bool *by_path) {
    int directory = path[0] != 0 ? directory_with(root, mount, path, file) : -1;
    *by_path = directory >= 0;
    return directory >= 0 ? directory : directory_with(root, mount, "", file);
}

void open_group(int process, int root, struct group *group) {
    char buffer[4096];
    struct text file;
    struct group_paths paths;
    bool by_path;
    *group = (struct group){.memory = -1, .pids = -1};
    if (root < 0 || !read_file(process, "cgroup", buffer, sizeof buffer, &file)) return;
    parse_group_paths(file, &paths);
    group->memory = by_path_or_root(root, "sys/fs/cgroup/memory", paths.memory, "memory.limit_in_bytes", &by_path);
    if (group->memory >= 0) {
        group->version = 1;
        group->pids = by_path_or_root(root, "sys/fs/cgroup/pids", paths.pids, "pids.max", &by_path);
        return;
    }
    group->memory = by_path_or_root(root, "sys/fs/cgroup", paths.unified, "memory.current", &by_path);
    if (group->memory >= 0) {
        group->version = 2;
        group->pids = dup(group->memory);
        if (by_path) memcpy(group->path, paths.unified, sizeof group->path);
    }
}

void close_group(struct group *group) {
    if (group->memory >= 0) close(group->memory);
    if (group->pids >= 0) close(group->pids);
}

static bool limit_in(int directory, const char *name, uint64_t *limit) {
    char buffer[SMALL];
    struct text file;
    return read_file(directory, name, buffer, sizeof buffer, &file) && parse_limit(file, limit);
}

static void lower(struct group_memory *memory, uint64_t limit) {
    if (!memory->has_ceiling || limit < memory->ceiling) memory->ceiling = limit;
    memory->has_ceiling = true;
}

/* The limits of the groups around this one, such as its pod's, where they can be seen. */
static void outer_limits(const struct group *group, int root, struct group_memory *memory) {
    char path[GROUP_PATH];
    memcpy(path, group->path, sizeof path);
    for (int depth = 0; depth < DEEPEST; depth++) {
        char *last = strrchr(path, '/');
        if (last == NULL || last == path) return;
        *last = 0;
        int directory = directory_with(root, "sys/fs/cgroup", path, "memory.max");
        uint64_t limit;
        if (directory < 0) return;
        if (limit_in(directory, "memory.max", &limit)) lower(memory, limit);
        close(directory);
    }
}

void read_group_memory(const struct group *group, int root, struct group_memory *memory) {
    memset(memory, 0, sizeof *memory);
    if (group->version == 0) return;
    bool first = group->version == 1;
    char buffer[LIST];
    struct text stat;
    memory->has_limit = limit_in(group->memory, first ? "memory.limit_in_bytes" : "memory.max", &memory->limit);
    if (memory->has_limit) lower(memory, memory->limit);
    memory->has_usage = limit_in(group->memory, first ? "memory.usage_in_bytes" : "memory.current", &memory->usage);
    if (read_file(group->memory, "memory.stat", buffer, sizeof buffer, &stat)) {
        uint64_t outer;
        if (first && number_of(stat, "hierarchical_memory_limit", &outer) && outer < NO_LIMIT) lower(memory, outer);
        memory->has_anon = number_of(stat, first ? "total_rss" : "anon", &memory->anon);
        memory->has_inactive = number_of(stat, first ? "total_inactive_file" : "inactive_file", &memory->inactive);
        memory->has_active = number_of(stat, first ? "total_active_file" : "active_file", &memory->active);
    }
    if (!first) outer_limits(group, root, memory);
}

bool group_free(const struct group_memory *memory, int64_t *free) {
    if (!memory->has_ceiling || !memory->has_usage) return false;
    uint64_t cache = (memory->has_inactive ? memory->inactive : 0) + (memory->has_active ? memory->active : 0);
    if (cache > memory->usage) cache = memory->usage;
    *free = (int64_t)memory->ceiling - (int64_t)(memory->usage - cache);
    return true;
}
