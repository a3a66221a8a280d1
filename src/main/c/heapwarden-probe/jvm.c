#define _GNU_SOURCE
#include "jvm.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "files.h"

enum { TORN_TRIES = 5, TORN_PAUSE_MILLIS = 10 };

static char counter_bytes[HSPERFDATA_BYTES];

bool open_jvm(int pid, struct jvm *jvm) {
    *jvm = (struct jvm){.pid = pid, .root = -1, .tmp = -1};
    jvm->process = open_process(pid);
    if (jvm->process < 0) return false;
    if (!read_status(jvm->process, &jvm->status) || !read_ticks(jvm->process, &jvm->ticks)) return false;
    jvm->maps_known = read_maps(jvm->process, (unsigned long)jvm->status.inner_pid, &jvm->maps);
    jvm->root = openat(jvm->process, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
    /* Another user's JVM in the same container: its files are where ours are. */
    if (jvm->root < 0) jvm->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (jvm->root >= 0) jvm->tmp = open_in_root(jvm->root, "tmp", O_RDONLY | O_DIRECTORY);
    return true;
}

static int open_counters_in(int tmp, const char *directory_name, const char *file_name, uint64_t owner) {
    int directory = openat(tmp, directory_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0) return -1;
    int file = openat(directory, file_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    close(directory);
    struct stat stat;
    if (file >= 0 && (fstat(file, &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_uid != owner)) {
        close(file);
        return -1;
    }
    return file;
}

static int search_counters(int tmp, const char *file_name, uint64_t owner) {
    int found = -1, again = openat(tmp, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = again < 0 ? NULL : fdopendir(again);
    if (entries == NULL) return -1;
    for (struct dirent *entry; found < 0 && (entry = readdir(entries)) != NULL;) {
        if (strncmp(entry->d_name, "hsperfdata_", 11) == 0) found = open_counters_in(tmp, entry->d_name, file_name, owner);
    }
    closedir(entries);
    return found;
}

/* A file left by an earlier JVM of the same id is not mapped by this one; where its mappings cannot be seen, any file of that id will do. */
static int open_counters(const struct jvm *jvm) {
    char path[sizeof jvm->maps.counters], name[24];
    if (jvm->tmp < 0) return -1;
    if (!jvm->maps_known) {
        snprintf(name, sizeof name, "%lu", (unsigned long)jvm->status.inner_pid);
        return search_counters(jvm->tmp, name, jvm->status.uid);
    }
    memcpy(path, jvm->maps.counters, sizeof path);
    char *slash = strchr(path, '/');
    if (slash == NULL) return -1;
    *slash = 0;
    return open_counters_in(jvm->tmp, path, slash + 1, jvm->status.uid);
}

const char *read_counters(const struct jvm *jvm, struct counters *counters, bool *absent, bool *torn) {
    const char *wrong = NULL;
    int file = open_counters(jvm);
    *absent = file < 0;
    *torn = false;
    if (file < 0) return "there is no hsperfdata";
    for (int tries = 0; tries < TORN_TRIES; tries++) {
        struct text text;
        if (tries > 0) poll(NULL, 0, TORN_PAUSE_MILLIS);
        wrong = read_open(file, 0, counter_bytes, sizeof counter_bytes, &text) ? hsperfdata_check(counter_bytes, text.length, counters)
                                                                              : "hsperfdata cannot be read";
        *torn = wrong == NULL && hsperfdata_torn(*counters);
        if (!*torn) break;
    }
    close(file);
    return wrong;
}

static bool file_contains(int directory, const char *path, const char *words) {
    /* The overlap finds what lies across two pieces. */
    enum { PIECE = 4096, OVERLAP = 64 };
    char buffer[OVERLAP + PIECE];
    size_t kept = 0;
    ssize_t got;
    bool found = false;
    int file = openat(directory, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    while (!found && (got = read(file, buffer + kept, PIECE)) > 0) {
        size_t filled = kept + (size_t)got;
        found = text_contains((struct text){buffer, filled}, words);
        kept = filled < OVERLAP ? filled : OVERLAP;
        memmove(buffer, buffer + filled - kept, kept);
    }
    close(file);
    return found;
}

bool attach_disabled_by_arguments(const struct jvm *jvm) {
    static const char option[] = "-XX:+DisableAttachMechanism";
    return file_contains(jvm->process, "cmdline", option) || file_contains(jvm->process, "environ", option);
}

bool tmp_writable(const struct jvm *jvm) {
    struct statvfs mount;
    struct stat stat;
    if (jvm->tmp < 0 || fstatvfs(jvm->tmp, &mount) != 0 || (mount.f_flag & ST_RDONLY) != 0) return false;
    if (geteuid() != 0 || jvm->status.uid == 0) return faccessat(jvm->tmp, ".", W_OK | X_OK, AT_EACCESS) == 0;
    /* Root may do anything; the question is what the JVM's user may. */
    if (fstat(jvm->tmp, &stat) != 0) return false;
    mode_t needed = stat.st_uid == jvm->status.uid ? S_IWUSR | S_IXUSR : stat.st_gid == jvm->status.gid ? S_IWGRP | S_IXGRP : S_IWOTH | S_IXOTH;
    return (stat.st_mode & needed) == needed;
}

void socket_name(const struct jvm *jvm, char name[ATTACH_NAME]) {
    snprintf(name, ATTACH_NAME, ".java_pid%lu", (unsigned long)jvm->status.inner_pid);
}

bool has_socket(const struct jvm *jvm) {
    char name[ATTACH_NAME];
    struct stat stat;
    socket_name(jvm, name);
    return jvm->tmp >= 0 && fstatat(jvm->tmp, name, &stat, AT_SYMLINK_NOFOLLOW) == 0 && S_ISSOCK(stat.st_mode);
}
