/* Standard output, which somebody may read slowly or not at all: writes are small and only made when there is room, up to a deadline. */
#ifndef HEAPWARDEN_OUTPUT_H
#define HEAPWARDEN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "deadline.h"

/* Until when output may wait for its reader. */
void output_until(struct deadline deadline);

void output_put(const char *bytes, size_t length);
bool output_flush(void);

/* Writes "<hex length>\n<bytes>\n". At most CHUNK_BYTES. Everything put before must have been flushed. */
enum { CHUNK_BYTES = 4080 };
bool output_chunk(const char *bytes, size_t length);

/* Whether the reader has taken so little that a write would have to wait. */
bool output_would_wait(int milliseconds);

/* False once a write has failed; nothing is written from then on. */
bool output_works(void);

#endif
