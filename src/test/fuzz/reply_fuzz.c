/* A JVM's answer of any bytes. However it is cut into pieces, the same must come out. */
#include <stdlib.h>
#include <string.h>

#include "reply.h"

struct taken {
    struct reply reply;
    char *bytes;
    size_t filled;
};

static void feed(struct taken *taken, const uint8_t *data, size_t size, size_t piece) {
    for (size_t at = 0; at < size; at += piece) {
        size_t length = size - at < piece ? size - at : piece;
        char *exact = malloc(length);
        memcpy(exact, data + at, length);
        struct text output = reply_feed(&taken->reply, (struct text){exact, length});
        if (output.length > 0) memcpy(taken->bytes + taken->filled, output.at, output.length);
        taken->filled += output.length;
        free(exact);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    uint64_t cap = data[0];
    size_t piece = (size_t)data[1] % 16 + 1;
    data += 2;
    size -= 2;
    struct taken whole = {.bytes = malloc(size + 1)}, parts = {.bytes = malloc(size + 1)};
    reply_begin(&whole.reply, cap);
    reply_begin(&parts.reply, cap);
    feed(&whole, data, size, size + 1);
    feed(&parts, data, size, piece);
    if (whole.filled > cap || whole.filled != whole.reply.kept || whole.filled != parts.filled) abort();
    if (memcmp(whole.bytes, parts.bytes, whole.filled) != 0) abort();
    if (whole.reply.state != parts.reply.state || whole.reply.code != parts.reply.code || whole.reply.truncated != parts.reply.truncated) abort();
    (void)offers_streaming_option((struct text){whole.bytes, whole.filled});
    free(whole.bytes);
    free(parts.bytes);
    return 0;
}
