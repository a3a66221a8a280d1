/*
 * The file .attach_pidN, by which a JVM tells that SIGQUIT asks for its attach socket and not for a thread dump. It looks for it in its working
 * directory and then in /tmp, at the moment it gets round to the signal; so the file has to stay until then, and no longer.
 */
#ifndef HEAPWARDEN_TRIGGER_H
#define HEAPWARDEN_TRIGGER_H

#include <stdbool.h>

#include "jvm.h"

enum trigger_state {
    TRIGGER_MADE,
    TRIGGER_PENDING, /* it was there, made in this JVM's life and not long ago: the signal that belongs to it is under way */
    TRIGGER_STALE, /* it was there, but is of no use to anybody else */
    TRIGGER_IMPOSSIBLE /* errno tells why */
};

enum trigger_state make_trigger(const struct jvm *jvm);
void remove_trigger(const struct jvm *jvm);

/* Whether the JVM has no use for the file any more: it listens, or has ended. */
bool trigger_is_done(const struct jvm *jvm);

enum { GUARD_MILLIS = 10 * 60 * 1000, GUARD_LOOK_MILLIS = 500 };

/* Hands the removal to this container's `wait` if there is one, else to a child that outlives this process. */
void leave_trigger_to_guard(const struct jvm *jvm);

#endif
