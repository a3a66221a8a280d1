/* heapwarden-probe: looks at a JVM from beside it. What it does and never does is in docs/probe-program.md. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>

#include "ask.h"
#include "counters.h"
#include "deadline.h"
#include "exit_codes.h"
#include "output.h"
#include "text.h"
#include "waiter.h"

#ifndef HEAPWARDEN_VERSION
#define HEAPWARDEN_VERSION "development"
#endif

enum {
    COUNTERS_MILLIS = 10000,
    ASK_MILLIS = 20000,
    LONGEST_MILLIS = 10 * 60 * 1000,
    /* How long after its time-out the program is ended by the kernel, should it be stuck where it cannot look at the clock. */
    GRACE_MILLIS = 5000
};

static int usage(const char *wrong, const char *what) {
    fprintf(stderr, "heapwarden-probe: %s%s%s. `heapwarden-probe --help` tells what it takes.\n", wrong, what == NULL ? "" : ": ", what == NULL ? "" : what);
    return EXIT_USAGE;
}

static int help(void) {
    fputs("heapwarden-probe " HEAPWARDEN_VERSION "\n"
          "Looks at a JVM from beside it: in its container, in an ephemeral container, or on its host.\n\n"
          "  heapwarden-probe counters [--pid N | --target-root-of N] [--timeout MS]\n"
          "      one line of JSON with what the JVM, the kernel and its control group say; changes nothing\n"
          "  heapwarden-probe ask --pid N --start TICKS --headroom BYTES [--timeout MS] [--cap BYTES] COMMAND\n"
          "      sends one diagnostic command, if that does no harm\n"
          "  heapwarden-probe wait\n"
          "      sleeps until SIGTERM\n"
          "  heapwarden-probe --version | --help\n\n"
          "Commands of ask, and what the JVM is sent:\n",
          stdout);
    list_commands();
    return EXIT_ANSWERED;
}

static void end_now(int signal) {
    (void)signal;
    deadlines_end_now();
}

static void end_at_the_latest(int milliseconds) {
    milliseconds += GRACE_MILLIS;
    struct itimerval timer = {.it_value = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

struct options {
    uint64_t pid, root_of, start, headroom, timeout, cap;
    bool has_pid, has_root_of, has_start, has_headroom, has_timeout, has_cap;
    const char *word;
};

/* Returns the option that is wrong; NULL when none is. */
static const char *parse_options(int count, char **words, struct options *options) {
    struct {
        const char *name;
        uint64_t *value, most;
        bool *given;
    } known[] = {
        {"--pid", &options->pid, INT32_MAX, &options->has_pid},
        {"--target-root-of", &options->root_of, INT32_MAX, &options->has_root_of},
        {"--start", &options->start, INT64_MAX, &options->has_start},
        {"--headroom", &options->headroom, INT64_MAX, &options->has_headroom},
        {"--timeout", &options->timeout, LONGEST_MILLIS, &options->has_timeout},
        {"--cap", &options->cap, INT64_MAX, &options->has_cap},
    };
    for (int i = 0; i < count; i++) {
        size_t option = 0;
        if (words[i][0] != '-') {
            if (options->word != NULL) return words[i];
            options->word = words[i];
            continue;
        }
        while (option < sizeof known / sizeof *known && strcmp(known[option].name, words[i]) != 0) option++;
        if (option == sizeof known / sizeof *known || *known[option].given || i + 1 == count) return words[i];
        if (!decimal(text_of(words[++i]), known[option].value) || *known[option].value > known[option].most) return words[i];
        *known[option].given = true;
    }
    return NULL;
}

static int counters(const struct options *o) {
    if (o->word != NULL) return usage("counters takes no words", o->word);
    if (o->has_start || o->has_headroom || o->has_cap) return usage("counters takes --pid, --target-root-of and --timeout only", NULL);
    if (o->has_pid && o->has_root_of) return usage("--pid and --target-root-of exclude each other", NULL);
    if ((o->has_pid && o->pid == 0) || (o->has_root_of && o->root_of == 0)) return usage("there is no process 0", NULL);
    int timeout = o->has_timeout ? (int)o->timeout : COUNTERS_MILLIS;
    output_until(deadline_in(timeout));
    end_at_the_latest(timeout);
    return run_counters((int)o->pid, (int)o->root_of);
}

static int ask(const struct options *o) {
    if (o->word == NULL || !o->has_pid || o->pid == 0 || !o->has_start || !o->has_headroom) {
        return usage("ask needs --pid, --start, --headroom and a command", NULL);
    }
    if (o->has_root_of) return usage("ask takes a --pid, not --target-root-of", NULL);
    struct question question = {
        .pid = (int)o->pid,
        .start = o->start,
        .headroom = o->headroom,
        .timeout = o->has_timeout ? (int)o->timeout : ASK_MILLIS,
        .cap = o->has_cap ? o->cap : (uint64_t)4 << 20,
        .command = o->word,
    };
    const struct sigaction ended = {.sa_handler = end_now};
    sigaction(SIGTERM, &ended, NULL);
    sigaction(SIGINT, &ended, NULL);
    sigaction(SIGHUP, &ended, NULL);
    end_at_the_latest(question.timeout);
    return run_ask(&question);
}

int main(int count, char **words) {
    struct options options = {0};
    signal(SIGPIPE, SIG_IGN);
    if (count < 2) return usage("no command", NULL);
    if (strcmp(words[1], "--help") == 0) return help();
    if (strcmp(words[1], "--version") == 0) return puts("heapwarden-probe " HEAPWARDEN_VERSION) < 0 ? EXIT_NOT_WRITTEN : EXIT_ANSWERED;
    if (strcmp(words[1], "wait") == 0) return count > 2 ? usage("wait takes nothing", words[2]) : run_wait();
    bool counts = strcmp(words[1], "counters") == 0;
    if (!counts && strcmp(words[1], "ask") != 0) return usage("unknown command", words[1]);
    const char *wrong = parse_options(count - 2, words + 2, &options);
    if (wrong != NULL) return usage("cannot make sense of", wrong);
    return counts ? counters(&options) : ask(&options);
}
