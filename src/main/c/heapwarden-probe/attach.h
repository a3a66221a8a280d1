/* Makes a JVM open its attach socket, and connects to it (attachListener_posix.cpp of HotSpot). */
#ifndef HEAPWARDEN_ATTACH_H
#define HEAPWARDEN_ATTACH_H

#include <stdbool.h>

#include "deadline.h"
#include "jvm.h"

enum attach_outcome {
    ATTACH_CONNECTED,
    ATTACH_GONE, /* it has ended */
    ATTACH_NO_HANDLER, /* it does not handle the signal; none was sent */
    ATTACH_NO_TRIGGER, /* the trigger file could not be made; no signal was sent */
    ATTACH_NOT_ALLOWED, /* the signal or the socket is refused */
    ATTACH_SILENT, /* it did not begin to listen in time */
    ATTACH_BUSY, /* it listens, but took no connection in time */
    ATTACH_STRANGER /* another process listens at its socket */
};

struct attach {
    enum attach_outcome outcome;
    int socket;
    int error; /* errno, where one tells more */
    bool trigger_left; /* the JVM has not looked at its trigger file yet */
};

/* Connects, and where nobody listens yet makes the JVM listen first. Leaves the working directory in the JVM's /tmp. */
struct attach attach_to(const struct jvm *jvm, struct deadline deadline);

#endif
