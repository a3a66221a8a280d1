/*
 * The counters of a JVM, format 2.0 as JDK 8 to 25 write it (perfMemory.hpp of HotSpot). The bytes come from a file that its owner can fill with
 * anything: nothing outside of them is touched, and the work is bounded.
 */
#ifndef HEAPWARDEN_HSPERFDATA_H
#define HEAPWARDEN_HSPERFDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

enum { HSPERFDATA_BYTES = 512 << 10, HSPERFDATA_ENTRIES = 4096, HSPERFDATA_NAME = 256, HSPERFDATA_TEXT = 4096 };

struct counter {
    struct text name;
    bool is_number;
    int64_t number;
    struct text text; /* changed in place by mask_arguments */
};

struct counters {
    char *bytes;
    size_t used;
    uint32_t entries, next_entry;
    size_t offset;
    bool big_endian;
};

/* What is wrong with the file; NULL when nothing is. The file is only read. */
const char *hsperfdata_check(char *bytes, size_t length, struct counters *counters);

/* The next counter; false at the end. Only for a file that has been checked; one that is not a number or a text is passed over. */
bool hsperfdata_next(struct counters *counters, struct counter *counter);

/* Whether a collection was under way when the file was copied, so that sizes and counts are of different moments. */
bool hsperfdata_torn(struct counters counters);

/* The text of one counter; false where there is none. */
bool hsperfdata_text(struct counters counters, const char *name, struct text *text);

/*
 * Arguments and properties may hold secrets. Of a JVM's arguments this leaves -X options that are a switch or a size, and makes stars of the
 * rest, so that the length stays: a JVM cuts them at 1024 bytes, and whoever reads them has to know whether it did.
 */
void mask_arguments(char *arguments, size_t length);

#endif
