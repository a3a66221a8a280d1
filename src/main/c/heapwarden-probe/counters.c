#define _GNU_SOURCE
#include "counters.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cgroup.h"
#include "exit_codes.h"
#include "files.h"
#include "find.h"
#include "json.h"
#include "jvm.h"

static void write_process(const struct jvm *jvm) {
    char buffer[16384];
    struct text stat;
    uint64_t boot;
    json_open("process", '{');
    json_number("startTicks", jvm->ticks.start);
    json_number("cpuTicks", jvm->ticks.cpu);
    json_number("ticksPerSecond", (uint64_t)sysconf(_SC_CLK_TCK));
    /* The line is behind one for each processor and a long one of interrupts. */
    int file = open("/proc/stat", O_RDONLY | O_CLOEXEC);
    for (off_t at = 0; file >= 0 && read_open(file, at, buffer, sizeof buffer, &stat) && stat.length > 0; at += (off_t)(sizeof buffer / 2)) {
        const char *last_line = memrchr(stat.at, '\n', stat.length);
        stat.length = last_line == NULL ? 0 : (size_t)(last_line - stat.at); /* The rest of a cut number would be another number. */
        if (number_of(stat, "btime", &boot)) {
            json_number("btime", boot);
            break;
        }
    }
    if (file >= 0) close(file);
    if (jvm->status.has_rss) json_number("rss", jvm->status.rss);
    if (jvm->status.has_rss_anon) json_number("rssAnon", jvm->status.rss_anon);
    json_number("threads", jvm->status.threads);
    json_number("uid", jvm->status.uid);
    json_number("gid", jvm->status.gid);
    json_bool("catchesQuit", catches_quit(&jvm->status));
    json_close('}');
}

static void write_attach(const struct jvm *jvm) {
    json_open("attach", '{');
    json_bool("tmpWritable", tmp_writable(jvm));
    json_bool("socket", has_socket(jvm));
    json_bool("disabledByArguments", attach_disabled_by_arguments(jvm));
    json_bool("sameUser", geteuid() == 0 || (geteuid() == jvm->status.uid && getegid() == jvm->status.gid));
    json_close('}');
}

/* Of the application's command only the class or file that was started; its arguments may hold secrets. */
static struct text first_word(struct text command) {
    struct text word;
    next_word(&command, &word);
    return word;
}

static void write_counter(struct counter *counter) {
    if (!text_starts(counter->name, "sun.") && !text_starts(counter->name, "java.")) return;
    json_foreign_name(counter->name);
    if (counter->is_number) {
        json_bare_number(counter->number);
        return;
    }
    struct text text = counter->text;
    if (text_is(counter->name, "java.rt.vmArgs") || text_is(counter->name, "java.rt.vmFlags")) {
        static char masked[HSPERFDATA_TEXT];
        memcpy(masked, text.at, text.length);
        mask_arguments(masked, text.length);
        text.at = masked;
    } else if (text_is(counter->name, "sun.rt.javaCommand")) {
        text = first_word(text);
    }
    json_bare_text(text);
}

static void write_counters(const struct jvm *jvm) {
    struct counters counters;
    struct counter counter;
    bool absent, torn;
    const char *wrong = read_counters(jvm, &counters, &absent, &torn);
    if (absent) return;
    if (wrong != NULL) {
        json_words("hsperfdataError", wrong);
        return;
    }
    json_bool("torn", torn);
    json_open("hsperfdata", '{');
    while (hsperfdata_next(&counters, &counter)) write_counter(&counter);
    json_close('}');
}

static void write_jvm(const struct jvm *jvm) {
    struct group group;
    struct group_memory memory;
    json_number("jvmPid", jvm->status.inner_pid);
    write_process(jvm);
    write_attach(jvm);
    open_group(jvm->process, jvm->root, &group);
    read_group_memory(&group, jvm->root, &memory);
    write_group(&group, &memory);
    close_group(&group);
    write_counters(jvm);
}

int run_counters(int pid, int root_of) {
    struct found found;
    struct jvm jvm = {0};
    find_jvm(pid, root_of, &found);
    bool looked_at = found.kind == KIND_HOTSPOT || found.kind == KIND_HIDDEN;
    /* It may have ended between the two looks. */
    if (looked_at && !open_jvm(found.pid, &jvm)) {
        looked_at = false;
        found.kind = KIND_NONE;
    }
    json_open(NULL, '{');
    json_words("heapwarden", "probe/v1");
    json_words("kind", kind_name(found.kind));
    if (found.kind != KIND_NONE) json_number("pid", (uint64_t)found.pid);
    json_number("jvms", found.jvms);
    json_number("roots", found.roots);
    json_open("all", '[');
    for (unsigned i = 0; i < found.listed; i++) {
        json_open(NULL, '{');
        json_number("pid", (uint64_t)found.all[i].pid);
        json_number("rss", found.all[i].rss);
        json_close('}');
    }
    json_close(']');
    if (looked_at) write_jvm(&jvm);
    json_close('}');
    return json_end_line() ? EXIT_ANSWERED : EXIT_NOT_WRITTEN;
}
