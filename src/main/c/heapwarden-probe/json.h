/* Writes JSON to standard output through a small buffer. Nesting is the caller's business; commas are not. */
#ifndef HEAPWARDEN_JSON_H
#define HEAPWARDEN_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

void json_open(const char *name, char bracket); /* name is NULL inside an array and at the top */
void json_close(char bracket);
void json_number(const char *name, uint64_t value);
void json_signed(const char *name, int64_t value);
void json_bool(const char *name, bool value);
/* Control characters are escaped; what is not UTF-8 becomes U+FFFD. */
void json_text(const char *name, struct text value);
void json_words(const char *name, const char *value);
/* As above, but with a name out of foreign bytes. */
void json_foreign_name(struct text name);
void json_bare_number(int64_t value);
void json_bare_text(struct text value);

/* Ends the line and hands it on; false when it could not be written. */
bool json_end_line(void);

#endif
