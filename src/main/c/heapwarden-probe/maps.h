/* Looks through /proc/PID/maps, piece by piece, for what tells a JVM and for the counters it has mapped. */
#ifndef HEAPWARDEN_MAPS_H
#define HEAPWARDEN_MAPS_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

struct maps {
    bool hotspot; /* libjvm.so; OpenJ9 has one too */
    bool openj9;
    char counters[96]; /* hsperfdata_USER/PID, relative to its /tmp; empty when there is none */
};

/* Takes one line. */
void maps_line(struct maps *maps, struct text line, unsigned long inner_pid);

/* Reads all of it; false when it may not be read or the process has ended. */
bool read_maps(int process, unsigned long inner_pid, struct maps *maps);

#endif
