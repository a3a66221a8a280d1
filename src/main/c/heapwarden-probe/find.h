/* Which process is the JVM. */
#ifndef HEAPWARDEN_FIND_H
#define HEAPWARDEN_FIND_H

#include <stdint.h>

enum { LISTED_JVMS = 16 };

enum kind { KIND_NONE, KIND_HOTSPOT, KIND_OPENJ9, KIND_NATIVE, KIND_HIDDEN };

struct found {
    enum kind kind;
    int pid; /* of the JVM of the most resident memory; 0 where there is none */
    unsigned jvms; /* HotSpot JVMs of that root directory */
    unsigned roots; /* root directories among which nothing told which one is meant; 1 where it was told */
    unsigned listed;
    struct {
        int pid;
        uint64_t rss; /* bytes */
    } all[LISTED_JVMS];
};

/*
 * Looks at one process, or where only is 0 at all that have the root directory of process root_of, or where that is 0 too, of the first of: process
 * 1, this program itself, the only root directory that any JVM has.
 */
void find_jvm(int only, int root_of, struct found *found);

const char *kind_name(enum kind kind);

#endif
