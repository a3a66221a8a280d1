#define _GNU_SOURCE
#include "text.h"

#include <string.h>

struct text text_of(const char *words) { return (struct text){words, strlen(words)}; }

bool text_is(struct text text, const char *words) {
    return text.length == strlen(words) && memcmp(text.at, words, text.length) == 0;
}

bool text_starts(struct text text, const char *words) {
    size_t length = strlen(words);
    return text.length >= length && memcmp(text.at, words, length) == 0;
}

bool text_contains(struct text text, const char *words) {
    return memmem(text.at, text.length, words, strlen(words)) != NULL;
}

bool next_line(struct text *rest, struct text *line) {
    if (rest->length == 0) return false;
    const char *end = memchr(rest->at, '\n', rest->length);
    line->at = rest->at;
    line->length = end == NULL ? rest->length : (size_t)(end - rest->at);
    size_t taken = end == NULL ? rest->length : line->length + 1;
    rest->at += taken;
    rest->length -= taken;
    return true;
}

static bool blank(char c) { return c == ' ' || c == '\t'; }

bool next_word(struct text *rest, struct text *word) {
    while (rest->length > 0 && blank(*rest->at)) {
        rest->at++;
        rest->length--;
    }
    word->at = rest->at;
    word->length = 0;
    while (rest->length > 0 && !blank(*rest->at)) {
        rest->at++;
        rest->length--;
        word->length++;
    }
    return word->length > 0;
}

bool decimal(struct text digits, uint64_t *number) {
    if (digits.length == 0) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.at[i];
        if (c < '0' || c > '9') return false;
        uint64_t digit = (uint64_t)(c - '0');
        if (value > ((uint64_t)INT64_MAX - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

bool hexadecimal(struct text digits, uint64_t *number) {
    if (digits.length == 0 || digits.length > 16) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.at[i];
        unsigned digit;
        if (c >= '0' && c <= '9') digit = (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f') digit = (unsigned)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F') digit = (unsigned)(c - 'A') + 10;
        else return false;
        value = value << 4 | digit;
    }
    *number = value;
    return true;
}

bool rest_of(struct text lines, const char *key, struct text *rest) {
    struct text line;
    while (next_line(&lines, &line)) {
        struct text behind = line, word;
        if (next_word(&behind, &word) && text_is(word, key)) {
            *rest = behind;
            return true;
        }
    }
    return false;
}

bool number_of(struct text lines, const char *key, uint64_t *number) {
    struct text rest, word;
    return rest_of(lines, key, &rest) && next_word(&rest, &word) && decimal(word, number);
}
