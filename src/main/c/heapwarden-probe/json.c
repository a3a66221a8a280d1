#include "json.h"

#include <stdio.h>
#include <string.h>

#include "output.h"

static bool comma_due;

static void put(const char *bytes, size_t length) { output_put(bytes, length); }

static void put_char(char c) { put(&c, 1); }

static void put_value_separator(void) {
    if (comma_due) put_char(',');
    comma_due = true;
}

/* Length of the UTF-8 sequence at the beginning, 0 where there is none. Overlong forms and surrogates are none. */
static size_t utf8(const unsigned char *s, size_t length) {
    unsigned char first = s[0];
    size_t need = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
    if (need == 0 || need > length) return 0;
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
    }
    if (first == 0xE0 && s[1] < 0xA0) return 0;
    if (first == 0xED && s[1] > 0x9F) return 0;
    if (first == 0xF0 && s[1] < 0x90) return 0;
    if (first == 0xF4 && s[1] > 0x8F) return 0;
    return need;
}

static void put_quoted(struct text value) {
    put_char('"');
    for (size_t i = 0; i < value.length;) {
        unsigned char c = (unsigned char)value.at[i];
        if (c == '"' || c == '\\') {
            put_char('\\');
            put_char((char)c);
            i++;
        } else if (c < 0x20 || c == 0x7F) {
            char escaped[8];
            int length = snprintf(escaped, sizeof escaped, "\\u%04x", c);
            put(escaped, (size_t)length);
            i++;
        } else {
            size_t length = utf8((const unsigned char *)value.at + i, value.length - i);
            if (length == 0) {
                put("\\ufffd", 6);
                i++;
            } else {
                put(value.at + i, length);
                i += length;
            }
        }
    }
    put_char('"');
}

static void put_name(const char *name) {
    put_value_separator();
    if (name == NULL) return;
    put_quoted(text_of(name));
    put_char(':');
}

void json_open(const char *name, char bracket) {
    put_name(name);
    put_char(bracket);
    comma_due = false;
}

void json_close(char bracket) {
    put_char(bracket);
    comma_due = true;
}

static void put_signed(int64_t value) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)value);
    put(digits, (size_t)length);
}

void json_number(const char *name, uint64_t value) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    put_name(name);
    put(digits, (size_t)length);
}

void json_signed(const char *name, int64_t value) {
    put_name(name);
    put_signed(value);
}

void json_bool(const char *name, bool value) {
    put_name(name);
    put(value ? "true" : "false", value ? 4 : 5);
}

void json_text(const char *name, struct text value) {
    put_name(name);
    put_quoted(value);
}

void json_words(const char *name, const char *value) { json_text(name, text_of(value)); }

void json_foreign_name(struct text name) {
    put_value_separator();
    put_quoted(name);
    put_char(':');
}

void json_bare_number(int64_t value) { put_signed(value); }

void json_bare_text(struct text value) { put_quoted(value); }

bool json_end_line(void) {
    put_char('\n');
    comma_due = false;
    return output_flush();
}
