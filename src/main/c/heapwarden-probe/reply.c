#include "reply.h"

#include <string.h>

void reply_begin(struct reply *reply, uint64_t cap) {
    memset(reply, 0, sizeof *reply);
    reply->cap = cap;
}

static enum reply_state code_line(struct reply *reply) {
    struct text digits = {reply->digits, reply->filled};
    if (digits.length > 0 && digits.at[digits.length - 1] == '\r') digits.length--;
    bool negative = text_starts(digits, "-");
    if (negative) {
        digits.at++;
        digits.length--;
    }
    uint64_t number;
    if (!decimal(digits, &number) || number > INT32_MAX) return REPLY_GARBLED;
    reply->code = negative ? -(int32_t)number : (int32_t)number;
    return REPLY_BODY;
}

struct text reply_feed(struct reply *reply, struct text piece) {
    while (reply->state == REPLY_CODE && piece.length > 0) {
        char c = *piece.at++;
        piece.length--;
        if (c == '\n') reply->state = code_line(reply);
        else if (reply->filled == REPLY_CODE_BYTES) reply->state = REPLY_GARBLED;
        else reply->digits[reply->filled++] = c;
    }
    if (reply->state != REPLY_BODY) return (struct text){piece.at, 0};
    uint64_t room = reply->cap - reply->kept;
    if (piece.length > room) {
        reply->truncated = true;
        piece.length = (size_t)room;
    }
    reply->kept += piece.length;
    return piece;
}

bool offers_streaming_option(struct text output) { return text_starts(output, "2 ") && text_contains(output, "streaming"); }
