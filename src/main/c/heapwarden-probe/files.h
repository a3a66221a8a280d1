/* Opens and reads files that belong to somebody who may be hostile. */
#ifndef HEAPWARDEN_FILES_H
#define HEAPWARDEN_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "text.h"

/* Reads a file below a directory, up to capacity bytes, the last path component not a symbolic link. False when it cannot be read. */
bool read_file(int directory, const char *path, char *buffer, size_t capacity, struct text *text);

/* Reads a file that is open already, from the given place on. */
bool read_open(int file, off_t from, char *buffer, size_t capacity, struct text *text);

/*
 * Opens a path as the process whose root directory this is would: its symbolic links stay inside its root. On kernels before 5.6, and where a
 * seccomp profile forbids openat2, no symbolic link is followed in the last component.
 */
int open_in_root(int root, const char *path, int flags);

/* /proc/PID; the descriptor stays that process's: once it has ended nothing can be read through it, even if its number is taken again. */
int open_process(int pid);

#endif
