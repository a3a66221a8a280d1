#include "hsperfdata.h"

#include <string.h>

enum { PROLOGUE = 32, ENTRY_HEADER = 20 };

static uint32_t number32(const struct counters *c, size_t at) {
    const unsigned char *b = (const unsigned char *)c->bytes + at;
    return c->big_endian ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                         : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static int64_t number64(const struct counters *c, size_t at) {
    uint64_t first = number32(c, at), second = number32(c, at + 4);
    return (int64_t)(c->big_endian ? first << 32 | second : second << 32 | first);
}

/* Reads the entry at the offset; NULL, or what is wrong with it. Sets the offset to the next one. */
static const char *read_entry(struct counters *c, struct counter *counter) {
    size_t at = c->offset, left = c->used - at;
    if (left < ENTRY_HEADER) return "hsperfdata ends inside a counter";
    uint32_t length = number32(c, at), name_at = number32(c, at + 4), vector = number32(c, at + 8), data_at = number32(c, at + 16);
    char type = c->bytes[at + 12];
    if (length < ENTRY_HEADER || length > left) return "hsperfdata has a counter longer than what is left of the file";
    if (name_at < ENTRY_HEADER || name_at >= length) return "hsperfdata has a counter whose name is outside of it";
    counter->name.at = c->bytes + at + name_at;
    counter->name.length = strnlen(counter->name.at, length - name_at);
    if (counter->name.length == 0 || counter->name.length > HSPERFDATA_NAME) return "hsperfdata has a counter without a proper name";
    for (size_t i = 0; i < counter->name.length; i++) {
        if (counter->name.at[i] <= ' ' || counter->name.at[i] > '~') return "hsperfdata has a counter without a proper name";
    }
    uint32_t value_bytes = type == 'J' && vector == 0 ? 8 : vector;
    if (data_at < ENTRY_HEADER || data_at > length || value_bytes > length - data_at) return "hsperfdata has a value outside of its counter";
    counter->is_number = type == 'J' && vector == 0;
    counter->number = counter->is_number ? number64(c, at + data_at) : 0;
    counter->text = (struct text){NULL, 0};
    if (type == 'B') {
        size_t most = vector < HSPERFDATA_TEXT ? vector : HSPERFDATA_TEXT;
        counter->text.at = c->bytes + at + data_at;
        counter->text.length = strnlen(counter->text.at, most);
    }
    c->offset = at + length;
    c->next_entry++;
    return NULL;
}

const char *hsperfdata_check(char *bytes, size_t length, struct counters *counters) {
    static const unsigned char magic[4] = {0xCA, 0xFE, 0xC0, 0xC0};
    struct counters c = {.bytes = bytes};
    if (length < PROLOGUE) return "hsperfdata is shorter than its prologue";
    if (memcmp(bytes, magic, sizeof magic) != 0) return "hsperfdata does not start with CAFEC0C0";
    if (bytes[4] != 0 && bytes[4] != 1) return "hsperfdata names an unknown byte order";
    c.big_endian = bytes[4] == 0;
    if (bytes[5] != 2) return "hsperfdata has an unknown format version; 2 is known";
    if (bytes[7] != 1) return "hsperfdata is not marked accessible: the JVM is still starting";
    uint32_t used = number32(&c, 8);
    c.entries = number32(&c, 28);
    c.offset = number32(&c, 24);
    if (used < PROLOGUE || used > length) return "hsperfdata is cut off or longer than the 512 KiB that are read";
    if (c.entries > HSPERFDATA_ENTRIES) return "hsperfdata claims more than 4096 counters";
    if (c.offset < PROLOGUE || c.offset > used) return "hsperfdata has its first counter outside of the file";
    c.used = used;
    *counters = c;
    struct counter counter;
    while (c.next_entry < c.entries) {
        const char *wrong = read_entry(&c, &counter);
        if (wrong != NULL) return wrong;
    }
    return NULL;
}

bool hsperfdata_next(struct counters *counters, struct counter *counter) {
    while (counters->next_entry < counters->entries) {
        if (read_entry(counters, counter) != NULL) return false;
        if (counter->is_number || counter->text.at != NULL) return true;
    }
    return false;
}

bool hsperfdata_text(struct counters counters, const char *name, struct text *text) {
    struct counter counter;
    while (hsperfdata_next(&counters, &counter)) {
        if (!counter.is_number && text_is(counter.name, name)) {
            *text = counter.text;
            return true;
        }
    }
    return false;
}

bool hsperfdata_torn(struct counters counters) {
    static const char prefix[] = "sun.gc.collector.";
    enum { COLLECTORS = 3 };
    int64_t entry[COLLECTORS] = {0}, left[COLLECTORS] = {0};
    bool has_entry[COLLECTORS] = {0}, has_left[COLLECTORS] = {0};
    struct counter counter;
    while (hsperfdata_next(&counters, &counter)) {
        if (!text_starts(counter.name, prefix) || counter.name.length < sizeof prefix + 1) continue;
        unsigned collector = (unsigned)(counter.name.at[sizeof prefix - 1] - '0');
        if (collector >= COLLECTORS) continue;
        struct text rest = {counter.name.at + sizeof prefix, counter.name.length - sizeof prefix};
        /* Shenandoah's sizes are always up to date, and its collections run for long without stopping anybody. */
        if (text_is(rest, ".name") && text_starts(counter.text, "Shenandoah")) return false;
        if (!counter.is_number) continue;
        if (text_is(rest, ".lastEntryTime")) {
            entry[collector] = counter.number;
            has_entry[collector] = true;
        } else if (text_is(rest, ".lastExitTime")) {
            left[collector] = counter.number;
            has_left[collector] = true;
        }
    }
    for (int i = 0; i < COLLECTORS; i++) {
        if (has_entry[i] && has_left[i] && entry[i] > left[i]) return true;
    }
    return false;
}

static bool letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_size(struct text value) {
    size_t digits = 0;
    while (digits < value.length && value.at[digits] >= '0' && value.at[digits] <= '9') digits++;
    if (digits == 0 || digits > 18) return false;
    return digits == value.length || (digits + 1 == value.length && memchr("kKmMgGtT", value.at[digits], 8) != NULL);
}

/* -XX:+Name, -XX:-Name, -XX:Name=SIZE, -XmsSIZE, -Xrs and the like. */
static bool harmless(struct text argument) {
    if (!text_starts(argument, "-X")) return false;
    struct text rest = {argument.at + 2, argument.length - 2};
    bool long_option = text_starts(rest, "X:");
    if (!long_option) {
        size_t letters = 0;
        while (letters < rest.length && rest.at[letters] >= 'a' && rest.at[letters] <= 'z') letters++;
        return letters <= 8 && (letters == rest.length || is_size((struct text){rest.at + letters, rest.length - letters}));
    }
    rest.at += 2;
    rest.length -= 2;
    bool is_switch = text_starts(rest, "+") || text_starts(rest, "-");
    for (size_t i = is_switch ? 1 : 0; i < rest.length; i++) {
        if (!is_switch && rest.at[i] == '=') return is_size((struct text){rest.at + i + 1, rest.length - i - 1});
        if (!letter_or_digit(rest.at[i])) return false;
    }
    return is_switch;
}

void mask_arguments(char *arguments, size_t length) {
    for (size_t start = 0; start < length;) {
        const char *end = memchr(arguments + start, ' ', length - start);
        size_t word = end == NULL ? length - start : (size_t)(end - arguments) - start;
        if (!harmless((struct text){arguments + start, word})) memset(arguments + start, '*', word);
        start += word + 1;
    }
}
