/* Numbers and lines in untrusted text. Every function is given a length and looks no further; none needs a zero byte at the end. */
#ifndef HEAPWARDEN_TEXT_H
#define HEAPWARDEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of somebody else's buffer. */
struct text {
    const char *at;
    size_t length;
};

struct text text_of(const char *words);
bool text_is(struct text text, const char *words);
bool text_starts(struct text text, const char *words);
bool text_contains(struct text text, const char *words);

/* Takes the first line off and returns it without its end; false when nothing is left. */
bool next_line(struct text *rest, struct text *line);

/* Takes the next word off: what lies between blanks and tabs; false when there is none. */
bool next_word(struct text *rest, struct text *word);

/* All of the text as a decimal number up to INT64_MAX, or a hexadecimal one; false for anything else, the empty text included. */
bool decimal(struct text digits, uint64_t *number);
bool hexadecimal(struct text digits, uint64_t *number);

/* The number behind a key at the beginning of a line, as in "oom_kill 3" or "VmRSS:   12 kB"; false where there is none. */
bool number_of(struct text lines, const char *key, uint64_t *number);

/* What stands behind a key at the beginning of a line; false where there is no such line. */
bool rest_of(struct text lines, const char *key, struct text *rest);

#endif
