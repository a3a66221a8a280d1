/* The ephemeral container's main process: it waits for its end, and takes away trigger files that nobody else is left to take away. */
#ifndef HEAPWARDEN_WAITER_H
#define HEAPWARDEN_WAITER_H

#include <stdbool.h>

/* Sleeps until SIGTERM or SIGINT. */
int run_wait(void);

/* Asks the `wait` of this container to look after a JVM's trigger file; false where there is none. */
bool tell_waiter(int jvm_pid);

#endif
