#define _GNU_SOURCE
#include "refusal.h"

#include <unistd.h>

#include "cgroup.h"

static struct refusal refuse(const char *word) { return (struct refusal){.word = word}; }

/* 17 of "17.0.15", 8 of "1.8.0_504"; 0 of anything else. */
static int feature_of(struct text version) {
    if (text_starts(version, "1.")) {
        version.at += 2;
        version.length -= 2;
    }
    struct text digits = {version.at, 0};
    while (digits.length < version.length && digits.length < 4 && version.at[digits.length] >= '0' && version.at[digits.length] <= '9') digits.length++;
    uint64_t feature;
    return decimal(digits, &feature) ? (int)feature : 0;
}

static bool attach_disabled(const struct jvm *jvm, int *feature) {
    struct counters counters;
    struct text text;
    bool absent, torn;
    *feature = 0;
    if (read_counters(jvm, &counters, &absent, &torn) != NULL) return attach_disabled_by_arguments(jvm);
    if (hsperfdata_text(counters, "java.property.java.version", &text)) *feature = feature_of(text);
    if (hsperfdata_text(counters, "sun.rt.jvmCapabilities", &text) && text.length > 0) return text.at[0] != '1';
    return attach_disabled_by_arguments(jvm);
}

static struct refusal headroom(const struct question *question, const struct jvm *jvm) {
    struct group group;
    struct group_memory memory;
    int64_t free;
    open_group(jvm->process, jvm->root, &group);
    read_group_memory(&group, jvm->root, &memory);
    close_group(&group);
    if (!group_free(&memory, &free) || free >= (int64_t)question->headroom) return refuse(NULL);
    return (struct refusal){.word = "headroom", .free = free};
}

struct refusal refusal_of(const struct question *question, struct jvm *jvm, int *feature) {
    if (!open_jvm(question->pid, jvm) || jvm->ticks.start != question->start) return refuse("gone");
    if (!jvm->maps_known) return refuse(is_alive(jvm->process) ? "user" : "gone");
    if (!jvm->maps.hotspot) return refuse("gone");
    if (jvm->maps.openj9) return refuse("openj9");
    if (geteuid() != 0 && (geteuid() != jvm->status.uid || getegid() != jvm->status.gid)) return refuse("user");
    if (attach_disabled(jvm, feature)) return refuse("disabled");
    if (!catches_quit(&jvm->status)) return refuse("signal");
    if (!tmp_writable(jvm) && !has_socket(jvm)) return refuse("tmp");
    return headroom(question, jvm);
}
