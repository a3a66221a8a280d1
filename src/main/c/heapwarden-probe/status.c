#define _GNU_SOURCE
#include "status.h"

#include <string.h>

#include "files.h"

enum { QUIT = 3, FILE_BYTES = 4096 };

static bool mask_of(struct text file, const char *key, uint64_t *mask) {
    struct text rest, word;
    return rest_of(file, key, &rest) && next_word(&rest, &word) && hexadecimal(word, mask);
}

/* The second of "real effective saved filesystem". */
static bool effective(struct text file, const char *key, uint64_t *id) {
    struct text rest, word;
    return rest_of(file, key, &rest) && next_word(&rest, &word) && next_word(&rest, &word) && decimal(word, id);
}

static bool size_of(struct text file, const char *key, uint64_t *bytes) {
    uint64_t kibibytes;
    if (!number_of(file, key, &kibibytes) || kibibytes > (uint64_t)INT64_MAX >> 10) return false;
    *bytes = kibibytes << 10;
    return true;
}

bool parse_status(struct text file, struct status *status) {
    memset(status, 0, sizeof *status);
    status->has_rss = size_of(file, "VmRSS:", &status->rss);
    status->has_rss_anon = size_of(file, "RssAnon:", &status->rss_anon);
    struct text rest, word;
    bool numbered = rest_of(file, "NSpid:", &rest) || rest_of(file, "Pid:", &rest); /* NSpid: kernel 4.1 */
    while (numbered && next_word(&rest, &word)) {
        if (!decimal(word, &status->inner_pid) || status->inner_pid > INT32_MAX) return false;
    }
    uint64_t shared = 0, own = 0;
    bool complete = mask_of(file, "ShdPnd:", &shared) && mask_of(file, "SigPnd:", &own)
        && number_of(file, "Threads:", &status->threads) && effective(file, "Uid:", &status->uid) && effective(file, "Gid:", &status->gid)
        && mask_of(file, "SigCgt:", &status->caught);
    status->pending = shared | own;
    return complete && status->inner_pid > 0;
}

bool parse_stat(struct text file, struct ticks *ticks) {
    /* The command's name may hold anything, brackets and line breaks included. */
    const char *name_end = memrchr(file.at, ')', file.length);
    if (name_end == NULL) return false;
    struct text rest = {name_end + 1, file.length - (size_t)(name_end + 1 - file.at)}, word;
    uint64_t user = 0, kernel = 0;
    for (int field = 3; field <= 22; field++) {
        if (!next_word(&rest, &word)) return false;
        if (field == 3) ticks->state = *word.at;
        if (field == 14 && !decimal(word, &user)) return false;
        if (field == 15 && !decimal(word, &kernel)) return false;
        if (field == 22 && !decimal(word, &ticks->start)) return false;
    }
    ticks->cpu = user + kernel;
    return ticks->cpu <= INT64_MAX;
}

static bool handles(uint64_t mask) { return (mask >> (QUIT - 1) & 1) == 1; }

bool catches_quit(const struct status *status) { return handles(status->caught); }

bool quit_is_pending(const struct status *status) { return handles(status->pending); }

bool read_status(int process, struct status *status) {
    char buffer[FILE_BYTES];
    struct text file;
    return read_file(process, "status", buffer, sizeof buffer, &file) && parse_status(file, status);
}

bool read_ticks(int process, struct ticks *ticks) {
    char buffer[FILE_BYTES];
    struct text file;
    return read_file(process, "stat", buffer, sizeof buffer, &file) && parse_stat(file, ticks);
}

/*
 * A process that ends gives back its memory first, then closes its files, and only then is a zombie: whoever finds its socket closed would still find
 * it running by its state alone.
 */
bool is_alive(int process) {
    struct ticks ticks;
    struct status status;
    return read_ticks(process, &ticks) && ticks.state != 'Z' && ticks.state != 'X' && read_status(process, &status) && status.has_rss;
}
