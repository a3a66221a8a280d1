/* What a control group says, as JSON. Names and units are in docs/probe-program.md. */
#include "cgroup.h"
#include "files.h"
#include "json.h"

enum { FILE_BYTES = 2048, MOST_EVENTS = 16 };

static void number_if(bool known, const char *name, uint64_t value) {
    if (known) json_number(name, value);
}

static bool one_number(int directory, const char *file_name, uint64_t *value) {
    char buffer[FILE_BYTES];
    struct text file;
    return read_file(directory, file_name, buffer, sizeof buffer, &file) && parse_limit(file, value);
}

static void file_number(int directory, const char *file_name, const char *name) {
    uint64_t value;
    if (one_number(directory, file_name, &value)) json_number(name, value);
}

static void write_events(int memory) {
    char buffer[FILE_BYTES];
    struct text file, line, name, digits;
    uint64_t value;
    if (!read_file(memory, "memory.events", buffer, sizeof buffer, &file)) return;
    json_open("events", '{');
    for (int i = 0; i < MOST_EVENTS && next_line(&file, &line); i++) {
        if (!next_word(&line, &name) || !next_word(&line, &digits) || !decimal(digits, &value)) continue;
        json_foreign_name(name);
        json_bare_number((int64_t)value);
    }
    json_close('}');
}

static void write_pressure(int memory) {
    static const char *const kinds[] = {"some", "full"};
    char buffer[FILE_BYTES];
    struct text file;
    struct pressure pressure;
    if (!read_file(memory, "memory.pressure", buffer, sizeof buffer, &file)) return;
    json_open("pressure", '{');
    for (int i = 0; i < 2; i++) {
        if (!parse_pressure(file, kinds[i], &pressure)) continue;
        json_open(kinds[i], '{');
        json_number("avg10", pressure.average[0]);
        json_number("avg60", pressure.average[1]);
        json_number("avg300", pressure.average[2]);
        json_number("totalMicros", pressure.total);
        json_close('}');
    }
    json_close('}');
}

static void write_first(int memory) {
    char buffer[FILE_BYTES * 4];
    struct text file;
    uint64_t value;
    if (read_file(memory, "memory.oom_control", buffer, sizeof buffer, &file) && number_of(file, "oom_kill", &value)) json_number("oomKills", value);
    if (read_file(memory, "memory.stat", buffer, sizeof buffer, &file) && number_of(file, "total_swap", &value)) json_number("swap", value);
    file_number(memory, "memory.memsw.limit_in_bytes", "memoryAndSwapLimit");
}

static void write_second(int memory) {
    char buffer[FILE_BYTES];
    struct text file;
    uint64_t value;
    if (read_file(memory, "memory.events", buffer, sizeof buffer, &file) && number_of(file, "oom_kill", &value)) json_number("oomKills", value);
    file_number(memory, "memory.high", "high");
    file_number(memory, "memory.peak", "peak");
    file_number(memory, "memory.swap.current", "swap");
    file_number(memory, "memory.swap.max", "swapLimit");
    write_events(memory);
    write_pressure(memory);
}

void write_group(const struct group *group, const struct group_memory *memory) {
    json_open("cgroup", '{');
    json_number("version", (uint64_t)group->version);
    number_if(memory->has_limit, "limit", memory->limit);
    number_if(memory->has_ceiling, "ceiling", memory->ceiling);
    number_if(memory->has_usage, "usage", memory->usage);
    number_if(memory->has_anon, "anon", memory->anon);
    number_if(memory->has_inactive, "inactiveFile", memory->inactive);
    number_if(memory->has_active, "activeFile", memory->active);
    if (group->version == 1) write_first(group->memory);
    if (group->version == 2) write_second(group->memory);
    if (group->pids >= 0) file_number(group->pids, "pids.max", "maxThreads");
    json_close('}');
}
