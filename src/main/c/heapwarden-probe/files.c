#define _GNU_SOURCE
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/openat2.h, which the C library's headers may be older than. */
struct how {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
};
enum { OPENAT2 = 437, NO_MAGIC_LINKS = 0x02, IN_ROOT = 0x10 };

bool read_open(int file, off_t from, char *buffer, size_t capacity, struct text *text) {
    size_t filled = 0;
    while (filled < capacity) {
        ssize_t got = pread(file, buffer + filled, capacity - filled, from + (off_t)filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        filled += (size_t)got;
    }
    *text = (struct text){buffer, filled};
    return true;
}

bool read_file(int directory, const char *path, char *buffer, size_t capacity, struct text *text) {
    *text = (struct text){buffer, 0};
    int file = openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return false;
    bool read = read_open(file, 0, buffer, capacity, text);
    close(file);
    return read;
}

int open_in_root(int root, const char *path, int flags) {
    struct how how = {.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC), .resolve = NO_MAGIC_LINKS | IN_ROOT};
    long opened = syscall(OPENAT2, root, path, &how, sizeof how);
    if (opened < 0 && (errno == ENOSYS || errno == EPERM)) return openat(root, path, flags | O_CLOEXEC | O_NOFOLLOW);
    return (int)opened;
}

int open_process(int pid) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d", pid);
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}
