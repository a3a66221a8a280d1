/* A point of time that nothing may pass. */
#ifndef HEAPWARDEN_DEADLINE_H
#define HEAPWARDEN_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

struct deadline {
    int64_t nanos;
};

int64_t now_nanos(void);
struct deadline deadline_in(int64_t milliseconds);
/* Milliseconds left, as poll(2) takes them; 0 when it has passed. */
int deadline_left(struct deadline deadline);
/* From now on no time is left, whatever the deadline. May be called by a signal handler. */
void deadlines_end_now(void);
/* Sleeps, but not beyond the deadline; a signal ends the sleep early. */
void sleep_until(struct deadline deadline, int milliseconds);

#endif
