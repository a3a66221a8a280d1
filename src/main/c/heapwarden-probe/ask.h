/* The command `ask`. */
#ifndef HEAPWARDEN_ASK_H
#define HEAPWARDEN_ASK_H

#include <stdint.h>

struct question {
    int pid;
    uint64_t start; /* clock ticks at which the process must have started */
    uint64_t headroom; /* bytes that must be free under the memory limit */
    int timeout; /* milliseconds */
    uint64_t cap; /* most bytes of the answer that are handed on */
    const char *command; /* by its name here */
};

/* Writes the header, the answer in chunks and the trailer; 0 where they were written whole. */
int run_ask(const struct question *question);

/* Writes the names of the commands to standard output. */
void list_commands(void);

#endif
