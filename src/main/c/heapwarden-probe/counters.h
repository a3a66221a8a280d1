/* The command `counters`. */
#ifndef HEAPWARDEN_COUNTERS_H
#define HEAPWARDEN_COUNTERS_H

/* Writes one line; 0 where it was written whole. */
int run_counters(int pid, int root_of);

#endif
