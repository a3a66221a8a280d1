#define _GNU_SOURCE
#include "waiter.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "deadline.h"
#include "exit_codes.h"
#include "files.h"
#include "jvm.h"
#include "trigger.h"

enum { MOST_GUARDED = 8 };

struct guarded {
    bool taken;
    struct jvm jvm;
    struct deadline deadline;
};

static struct guarded guarded[MOST_GUARDED];

static void close_jvm(const struct jvm *jvm) {
    const int files[] = {jvm->process, jvm->root, jvm->tmp};
    for (int i = 0; i < 3; i++) {
        if (files[i] >= 0) close(files[i]);
    }
}

static void take(int pid) {
    for (int i = 0; i < MOST_GUARDED; i++) {
        if (guarded[i].taken) {
            if (guarded[i].jvm.pid == pid) return;
            continue;
        }
        guarded[i].taken = open_jvm(pid, &guarded[i].jvm);
        guarded[i].deadline = deadline_in(GUARD_MILLIS);
        if (!guarded[i].taken) close_jvm(&guarded[i].jvm);
        return;
    }
}

/* Whether any is left to look after. */
static bool look(void) {
    bool any = false;
    for (int i = 0; i < MOST_GUARDED; i++) {
        struct guarded *one = &guarded[i];
        struct status status;
        if (!one->taken) continue;
        bool done = trigger_is_done(&one->jvm), late = deadline_left(one->deadline) == 0;
        if (!done && !late) {
            any = true;
            continue;
        }
        /* As long as the kernel holds the signal, the JVM is stopped and will still want the file. */
        if (done || !read_status(one->jvm.process, &status) || !quit_is_pending(&status)) remove_trigger(&one->jvm);
        close_jvm(&one->jvm);
        one->taken = false;
    }
    return any;
}

int run_wait(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGRTMIN);
    /* Blocked, they stay until they are asked for, as process 1 too, which has no default actions. */
    sigprocmask(SIG_BLOCK, &signals, NULL);
    bool watching = false;
    const struct timespec pause = {.tv_nsec = GUARD_LOOK_MILLIS * 1000000L};
    for (;;) {
        siginfo_t info;
        int got = watching ? sigtimedwait(&signals, &info, &pause) : sigwaitinfo(&signals, &info);
        if (got == SIGTERM || got == SIGINT) return EXIT_ANSWERED;
        if (got == SIGRTMIN && info.si_code == SI_QUEUE && info.si_uid == geteuid() && info.si_value.sival_int > 0) take(info.si_value.sival_int);
        watching = look();
    }
}

static bool same_file(const struct stat *a, const struct stat *b) { return a->st_dev == b->st_dev && a->st_ino == b->st_ino; }

static bool is_waiter(int process, const struct stat *program, const struct stat *root) {
    char buffer[512];
    struct text command;
    struct stat stat;
    if (fstatat(process, "exe", &stat, 0) != 0 || !same_file(&stat, program)) return false;
    if (fstatat(process, "root", &stat, 0) != 0 || !same_file(&stat, root)) return false;
    if (!read_file(process, "cmdline", buffer, sizeof buffer, &command)) return false;
    const char *second = memchr(command.at, 0, command.length);
    if (second == NULL) return false;
    size_t left = command.length - (size_t)(second + 1 - command.at);
    return left == sizeof "wait" && memcmp(second + 1, "wait", sizeof "wait") == 0;
}

bool tell_waiter(int jvm_pid) {
    struct stat program, root;
    bool told = false;
    DIR *processes = opendir("/proc");
    if (processes == NULL) return false;
    if (stat("/proc/self/exe", &program) == 0 && stat("/", &root) == 0) {
        for (struct dirent *entry; !told && (entry = readdir(processes)) != NULL;) {
            uint64_t pid;
            if (!decimal(text_of(entry->d_name), &pid) || pid > INT32_MAX) continue;
            int process = open_process((int)pid);
            if (process < 0) continue;
            told = is_waiter(process, &program, &root) && sigqueue((pid_t)pid, SIGRTMIN, (union sigval){.sival_int = jvm_pid}) == 0;
            close(process);
        }
    }
    closedir(processes);
    return told;
}
