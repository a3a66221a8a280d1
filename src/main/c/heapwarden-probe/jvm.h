/* One JVM, and the files by which it is reached. All of them are opened once and stay that process's. */
#ifndef HEAPWARDEN_JVM_H
#define HEAPWARDEN_JVM_H

#include <stdbool.h>

#include "hsperfdata.h"
#include "maps.h"
#include "status.h"

struct jvm {
    int pid; /* as this program sees it */
    int process; /* /proc/PID */
    int root, tmp; /* its root directory and its /tmp; -1 where they cannot be reached */
    bool maps_known; /* false where it runs as another user */
    struct maps maps;
    struct status status;
    struct ticks ticks;
};

/* False when there is no such process. */
bool open_jvm(int pid, struct jvm *jvm);

/*
 * Copies its counters and checks them. Returns NULL when they are there, and the words for what is wrong otherwise; absent says that it keeps none.
 * A copy made while a collection was under way is made again, a few times; what is torn then stays so.
 */
const char *read_counters(const struct jvm *jvm, struct counters *counters, bool *absent, bool *torn);

/* Whether -XX:+DisableAttachMechanism is in its arguments or its environment. Nothing else of them is kept. */
bool attach_disabled_by_arguments(const struct jvm *jvm);

/* Whether its owner can make files in its /tmp: mode, mount and file system. */
bool tmp_writable(const struct jvm *jvm);

/* Whether its attach socket is there. Whether anybody listens is another question. */
bool has_socket(const struct jvm *jvm);

/* The name of its attach socket in its /tmp. */
enum { ATTACH_NAME = 40 };
void socket_name(const struct jvm *jvm, char name[ATTACH_NAME]);

#endif
