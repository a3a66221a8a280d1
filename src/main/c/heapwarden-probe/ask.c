#define _GNU_SOURCE
#include "ask.h"

#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "attach.h"
#include "conversation.h"
#include "exit_codes.h"
#include "json.h"
#include "output.h"
#include "refusal.h"
#include "trigger.h"

static const struct {
    const char *name, *words;
} commands[] = {
    {"histogram", "GC.class_histogram -all"},
    {"live-histogram", "GC.class_histogram"},
    {"heap-info", "GC.heap_info"},
    /* Without -l: the locks of java.util.concurrent cost a walk through the heap. */
    {"threads", "Thread.print"},
    {"class-loaders", "VM.classloader_stats"},
    {"native-memory", "VM.native_memory summary"},
    {"string-table", "VM.stringtable"},
    {"finalizers", "GC.finalizer_info"},
    {"version", "VM.version"},
    {"command-line", "VM.command_line"},
    {"flags", "VM.flags"},
    {"system-properties", "VM.system_properties"},
};

enum { COMMANDS = sizeof commands / sizeof *commands, STREAMS_FROM = 24, VERSION_BYTES = 256, READER_MILLIS = 100, TRAILER_MILLIS = 2000 };

void list_commands(void) {
    for (int i = 0; i < COMMANDS; i++) printf("  %-18s%s\n", commands[i].name, commands[i].words);
}

static const char *words_of(const char *name) {
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0) return commands[i].words;
    }
    return NULL;
}

/* What the trailer is made of. */
struct result {
    const char *refused, *failed, *stage;
    const char *error; /* in the system's words */
    int64_t free;
    struct reply reply;
    int protocol;
    bool slow_reader, trigger_left;
};

/* The JVM lets in its own user and root; JDK 8 not even root. So root becomes that user. */
static bool become(const struct jvm *jvm) {
    if (geteuid() != 0 || (jvm->status.uid == 0 && getegid() == jvm->status.gid)) return true;
    gid_t gid = (gid_t)jvm->status.gid;
    uid_t uid = (uid_t)jvm->status.uid;
    return setgroups(0, NULL) == 0 && setresgid(gid, gid, gid) == 0 && setresuid(uid, uid, uid) == 0;
}

static void judge(struct result *result, const struct attach *attach) {
    result->error = attach->error == 0 ? NULL : strerror(attach->error);
    result->trigger_left = attach->trigger_left;
    switch (attach->outcome) {
        case ATTACH_CONNECTED: result->error = NULL; return;
        case ATTACH_GONE: result->refused = "gone"; result->error = NULL; return;
        case ATTACH_NO_HANDLER: result->refused = "signal"; result->error = NULL; return;
        case ATTACH_NO_TRIGGER: result->refused = "tmp"; return;
        case ATTACH_NOT_ALLOWED: result->refused = "user"; return;
        case ATTACH_STRANGER: result->failed = "stranger"; result->error = NULL; break;
        case ATTACH_SILENT:
        case ATTACH_BUSY: result->failed = "timed out"; result->error = NULL; break;
    }
    result->stage = attach->outcome == ATTACH_SILENT ? "listen" : "connect";
}

struct version_answer {
    char bytes[VERSION_BYTES];
    size_t filled;
};

static void keep_version(void *context, struct text output) {
    struct version_answer *answer = context;
    size_t room = sizeof answer->bytes - answer->filled, some = output.length < room ? output.length : room;
    memcpy(answer->bytes + answer->filled, output.at, some);
    answer->filled += some;
}

struct forward {
    struct result *result;
    bool may_stream;
    size_t filled;
    char chunk[CHUNK_BYTES];
};

/* A JVM that may be writing from inside a pause is never made to wait for our reader: then the rest is read and dropped. */
static void write_chunk(struct forward *forward) {
    struct result *result = forward->result;
    if (forward->may_stream && !result->slow_reader && output_would_wait(READER_MILLIS)) result->slow_reader = true;
    if (result->slow_reader) {
        result->reply.truncated = true;
        result->reply.kept -= forward->filled;
    } else {
        output_chunk(forward->chunk, forward->filled);
    }
    forward->filled = 0;
}

/* Chunks are filled up, however small the pieces are that the JVM writes: so the frame stays small beside the answer. */
static void hand_on(void *context, struct text output) {
    struct forward *forward = context;
    while (output.length > 0) {
        size_t room = sizeof forward->chunk - forward->filled, some = output.length < room ? output.length : room;
        memcpy(forward->chunk + forward->filled, output.at, some);
        forward->filled += some;
        output.at += some;
        output.length -= some;
        if (forward->filled == sizeof forward->chunk) write_chunk(forward);
    }
}

static void judge_talk(struct result *result, const struct jvm *jvm, enum talk talk, const char *stage) {
    result->stage = stage;
    bool alive = is_alive(jvm->process);
    if (talk == TALK_TIMED_OUT) result->failed = "timed out";
    else if (talk == TALK_GARBLED) result->failed = "garbled";
    else if (!alive) result->failed = "ended";
    else if (talk == TALK_CUT) result->failed = "cut";
}

static bool connect_again(struct result *result, const struct jvm *jvm, struct attach *attach, struct deadline deadline) {
    *attach = attach_to(jvm, deadline);
    judge(result, attach);
    return attach->outcome == ATTACH_CONNECTED;
}

static void ask(struct result *result, const struct jvm *jvm, int feature, const struct question *question, struct deadline deadline) {
    struct attach attach;
    if (!connect_again(result, jvm, &attach, deadline)) return;
    struct forward forward = {.result = result};
    result->protocol = 1;
    if (feature == 0 || feature >= STREAMS_FROM) {
        struct version_answer version = {.filled = 0};
        struct reply reply;
        reply_begin(&reply, VERSION_BYTES);
        if (!send_request(attach.socket, 1, "getversion", "options", deadline)) {
            judge_talk(result, jvm, TALK_TIMED_OUT, "version");
            return;
        }
        enum talk talk = receive(attach.socket, &reply, deadline, keep_version, &version);
        close(attach.socket);
        if (talk != TALK_ANSWERED) {
            judge_talk(result, jvm, talk, "version");
            return;
        }
        if (reply.code == 0 && offers_streaming_option((struct text){version.bytes, version.filled})) result->protocol = 2;
        /* One that says it is that new and does not know the option is not trusted to write afterwards. */
        else forward.may_stream = feature >= STREAMS_FROM || reply.code == 0;
        if (!connect_again(result, jvm, &attach, deadline)) return;
    }
    reply_begin(&result->reply, question->cap);
    const char *words = words_of(question->command);
    enum talk talk = TALK_TIMED_OUT;
    if (send_request(attach.socket, result->protocol, result->protocol == 2 ? "jcmd streaming=0" : "jcmd", words, deadline)) {
        talk = receive(attach.socket, &result->reply, deadline, hand_on, &forward);
    }
    if (forward.filled > 0) write_chunk(&forward);
    close(attach.socket);
    judge_talk(result, jvm, talk, "answer");
}

static bool write_trailer(const struct result *result, int64_t began) {
    json_open(NULL, '{');
    if (result->refused != NULL) {
        json_words("refused", result->refused);
        if (strcmp(result->refused, "headroom") == 0) json_signed("free", result->free);
    } else if (result->failed != NULL) {
        json_words("failed", result->failed);
        json_words("stage", result->stage);
    } else {
        json_signed("code", result->reply.code);
    }
    if (result->error != NULL) json_words("error", result->error);
    if (result->refused == NULL) {
        json_number("bytes", result->reply.kept);
        json_bool("truncated", result->reply.truncated);
        if (result->slow_reader) json_bool("slowReader", true);
        if (result->protocol != 0) json_number("protocol", (uint64_t)result->protocol);
        if (result->trigger_left) json_bool("triggerLeft", true);
    }
    json_number("millis", (uint64_t)((now_nanos() - began) / 1000000));
    json_close('}');
    return json_end_line();
}

int run_ask(const struct question *question) {
    int64_t began = now_nanos();
    struct deadline deadline = deadline_in(question->timeout);
    struct result result = {0};
    struct jvm jvm = {0};
    int feature = 0;
    output_until(deadline_in((int64_t)question->timeout + TRAILER_MILLIS));
    json_open(NULL, '{');
    json_words("heapwarden", "answer/v1");
    json_number("pid", (uint64_t)question->pid);
    json_words("command", question->command);
    json_close('}');
    if (!json_end_line()) return EXIT_NOT_WRITTEN;
    if (words_of(question->command) == NULL) {
        result.refused = "command";
    } else {
        struct refusal refusal = refusal_of(question, &jvm, &feature);
        result.refused = refusal.word;
        result.free = refusal.free;
        if (refusal.word == NULL && !become(&jvm)) result.refused = "user";
    }
    if (result.refused == NULL) ask(&result, &jvm, feature, question, deadline);
    output_put("0\n", 2);
    bool written = write_trailer(&result, began);
    if (result.trigger_left) leave_trigger_to_guard(&jvm);
    return written ? EXIT_ANSWERED : EXIT_NOT_WRITTEN;
}
