/* An hsperfdata file of any bytes, from the check to the JSON that is written of it. */
#include <stdlib.h>
#include <string.h>

#include "hsperfdata.h"
#include "json.h"
#include "output.h"

/* In place of standard output: what is written must be fit for a line of JSON, whatever was read. */
static int escaped;

void output_put(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x20 || c == 0x7F) abort();
        escaped ^= c;
    }
}

bool output_flush(void) { return true; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > HSPERFDATA_BYTES) return 0;
    char *bytes = malloc(size + 1); /* The exact size, so that one byte further is noticed. */
    char *exact = realloc(bytes, size == 0 ? 1 : size);
    memcpy(exact, data, size);
    struct counters counters;
    if (hsperfdata_check(exact, size, &counters) == NULL) {
        struct counter counter;
        struct text text;
        (void)hsperfdata_torn(counters);
        (void)hsperfdata_text(counters, "sun.rt.jvmCapabilities", &text);
        unsigned seen = 0;
        while (hsperfdata_next(&counters, &counter)) {
            if (++seen > HSPERFDATA_ENTRIES || counter.name.length > HSPERFDATA_NAME || counter.text.length > HSPERFDATA_TEXT) abort();
            json_foreign_name(counter.name);
            if (counter.is_number) {
                json_bare_number(counter.number);
            } else {
                json_bare_text(counter.text);
                char masked[HSPERFDATA_TEXT], again[HSPERFDATA_TEXT];
                memcpy(masked, counter.text.at, counter.text.length);
                mask_arguments(masked, counter.text.length);
                memcpy(again, masked, counter.text.length);
                mask_arguments(again, counter.text.length);
                if (memcmp(masked, again, counter.text.length) != 0) abort();
                /* Nothing that is neither an option's name nor a size may be left. */
                for (size_t i = 0; i < counter.text.length; i++) {
                    if (memchr("\"'/\\@:;,", masked[i], 8) != NULL && masked[i] != 0 && masked[i] != ':') abort();
                }
            }
        }
    }
    free(exact);
    return 0;
}
