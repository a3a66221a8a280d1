/*
 * A JVM's answer over its attach socket: a line with a code, then the output up to the end of the stream. It comes in pieces of any size, and may
 * be anything.
 */
#ifndef HEAPWARDEN_REPLY_H
#define HEAPWARDEN_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

enum reply_state { REPLY_CODE, REPLY_BODY, REPLY_GARBLED };

enum { REPLY_CODE_BYTES = 12 };

struct reply {
    enum reply_state state;
    char digits[REPLY_CODE_BYTES];
    unsigned filled;
    int32_t code;
    uint64_t cap, kept;
    bool truncated;
};

void reply_begin(struct reply *reply, uint64_t cap);

/* Takes a piece and returns the part of it that is output and within the cap. */
struct text reply_feed(struct reply *reply, struct text piece);

/* Whether an answer to getversion says that the JVM may be asked not to stream. */
bool offers_streaming_option(struct text output);

#endif
