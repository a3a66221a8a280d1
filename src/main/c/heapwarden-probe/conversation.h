/* One request and its answer over a JVM's attach socket. */
#ifndef HEAPWARDEN_CONVERSATION_H
#define HEAPWARDEN_CONVERSATION_H

#include <stdbool.h>

#include "deadline.h"
#include "reply.h"

enum talk { TALK_ANSWERED, TALK_TIMED_OUT, TALK_CUT, TALK_GARBLED };

/*
 * Sends "1\0command\0argument\0\0\0", or in version 2 "2\0<size>\0command\0argument\0". False when it could not be sent in time; a JVM that
 * closes early is told by what receive finds.
 */
bool send_request(int socket, int version, const char *command, const char *argument, struct deadline deadline);

/* Takes a part of the output. */
typedef void taker(void *context, struct text output);

/*
 * Reads to the end of the stream, the part beyond the cap too: a JVM may be waiting for its reader. TALK_CUT when it ended before the code line
 * was complete: so does a JVM that does not let this user in, and one that ends.
 */
enum talk receive(int socket, struct reply *reply, struct deadline deadline, taker *take, void *context);

#endif
