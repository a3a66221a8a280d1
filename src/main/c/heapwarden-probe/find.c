#define _GNU_SOURCE
#include "find.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "maps.h"

enum { CANDIDATES = 64, TAIL = 65536 };

struct root {
    bool known;
    dev_t device;
    ino_t inode;
};

struct candidate {
    int pid;
    uint64_t rss;
    bool openj9;
    struct root root;
};

static struct candidate candidates[CANDIDATES];
static unsigned candidate_count;

const char *kind_name(enum kind kind) {
    switch (kind) {
        case KIND_HOTSPOT: return "hotspot";
        case KIND_OPENJ9: return "openj9";
        case KIND_NATIVE: return "native";
        case KIND_HIDDEN: return "hidden";
        case KIND_NONE: break;
    }
    return "none";
}

static struct root root_at(int directory, const char *path) {
    struct stat stat;
    if (fstatat(directory, path, &stat, 0) != 0) return (struct root){0};
    return (struct root){true, stat.st_dev, stat.st_ino};
}

static struct root root_of_pid(int pid) {
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/root", pid);
    return root_at(AT_FDCWD, path);
}

static bool same(struct root a, struct root b) { return a.known && b.known && a.device == b.device && a.inode == b.inode; }

static uint64_t resident(int process) {
    char buffer[128];
    struct text file, word;
    uint64_t pages;
    if (!read_file(process, "statm", buffer, sizeof buffer, &file)) return 0;
    if (!next_word(&file, &word) || !next_word(&file, &word) || !decimal(word, &pages)) return 0;
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void consider(int pid) {
    struct maps maps;
    int process = open_process(pid);
    if (process < 0) return;
    if (candidate_count < CANDIDATES && read_maps(process, 0, &maps) && maps.hotspot) {
        candidates[candidate_count++] = (struct candidate){pid, resident(process), maps.openj9, root_at(process, "root")};
    }
    close(process);
}

/* A GraalVM native image: its ELF file has a section of that name, told near its end. */
static bool is_native_image(int process) {
    static char tail[TAIL];
    struct stat stat;
    struct text text;
    int program = openat(process, "exe", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (program < 0) return false;
    bool native = fstat(program, &stat) == 0 && S_ISREG(stat.st_mode)
        && read_open(program, stat.st_size > TAIL ? stat.st_size - TAIL : 0, tail, sizeof tail, &text) && text_contains(text, ".svm_heap");
    close(program);
    return native;
}

/* What else it may be that looks like a JVM: one that runs as another user, or a native image. */
static enum kind other_kind(int pid, bool any_root, struct root wanted) {
    char buffer[64];
    struct text name;
    enum kind kind = KIND_NONE;
    int process = open_process(pid);
    if (process < 0) return KIND_NONE;
    int maps = openat(process, "maps", O_RDONLY | O_CLOEXEC);
    if (maps < 0) {
        if (read_file(process, "comm", buffer, sizeof buffer, &name) && text_is(name, "java\n")) kind = KIND_HIDDEN;
    } else {
        close(maps);
        if ((any_root || same(root_at(process, "root"), wanted)) && is_native_image(process)) kind = KIND_NATIVE;
    }
    close(process);
    return kind;
}

/* The next process; 0 at the end. This program itself is left out. */
static int next_pid(DIR *processes) {
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        uint64_t pid;
        if (decimal(text_of(entry->d_name), &pid) && pid > 0 && pid <= INT32_MAX && (int)pid != getpid()) return (int)pid;
    }
    return 0;
}

static bool any_has(struct root root) {
    for (unsigned i = 0; i < candidate_count; i++) {
        if (same(candidates[i].root, root)) return true;
    }
    return false;
}

static unsigned different_roots(void) {
    unsigned different = 0;
    for (unsigned i = 0; i < candidate_count; i++) {
        bool seen = false;
        for (unsigned j = 0; j < i && !seen; j++) seen = same(candidates[i].root, candidates[j].root);
        if (!seen) different++;
    }
    return different;
}

/* The root directory that is meant; unknown where any will do. */
static struct root wanted_root(int root_of, struct found *found) {
    found->roots = 1;
    if (root_of != 0) return root_of_pid(root_of);
    struct root first = root_of_pid(1), own = root_at(AT_FDCWD, "/");
    if (any_has(first)) return first;
    if (any_has(own)) return own;
    if (candidate_count > 0) {
        found->roots = different_roots();
        return found->roots == 1 ? candidates[0].root : (struct root){0};
    }
    return first.known ? first : own;
}

static void list(struct found *found, const struct candidate *jvm) {
    found->jvms++;
    unsigned place = found->listed < LISTED_JVMS ? found->listed++ : LISTED_JVMS - 1;
    if (place == LISTED_JVMS - 1 && found->jvms > LISTED_JVMS && found->all[place].rss >= jvm->rss) return;
    for (; place > 0 && found->all[place - 1].rss < jvm->rss; place--) found->all[place] = found->all[place - 1];
    found->all[place].pid = jvm->pid;
    found->all[place].rss = jvm->rss;
}

static void look_for_others(DIR *processes, int only, struct root wanted, struct found *found) {
    if (only != 0) {
        found->kind = other_kind(only, true, wanted);
        found->pid = found->kind == KIND_NONE ? 0 : only;
    } else {
        rewinddir(processes);
        for (int pid; found->kind == KIND_NONE && (pid = next_pid(processes)) != 0;) {
            found->kind = other_kind(pid, false, wanted);
            if (found->kind != KIND_NONE) found->pid = pid;
        }
    }
    if (found->kind == KIND_HIDDEN) found->jvms = 1;
}

void find_jvm(int only, int root_of, struct found *found) {
    memset(found, 0, sizeof *found);
    DIR *processes = opendir("/proc");
    if (processes == NULL) return;
    if (only != 0) {
        consider(only);
    } else {
        for (int pid; (pid = next_pid(processes)) != 0;) consider(pid);
    }
    struct root wanted = {0};
    bool any_root = only != 0;
    if (only != 0) {
        found->roots = 1;
    } else {
        wanted = wanted_root(root_of, found);
        any_root = found->roots > 1;
    }
    int openj9 = 0;
    for (unsigned i = 0; i < candidate_count; i++) {
        if (!any_root && !same(candidates[i].root, wanted)) continue;
        if (candidates[i].openj9) openj9 = openj9 == 0 ? candidates[i].pid : openj9;
        else list(found, &candidates[i]);
    }
    if (found->jvms > 0) {
        found->kind = KIND_HOTSPOT;
        found->pid = found->all[0].pid;
    } else if (openj9 != 0) {
        found->kind = KIND_OPENJ9;
        found->pid = openj9;
    } else {
        look_for_others(processes, only, wanted, found);
    }
    closedir(processes);
}
