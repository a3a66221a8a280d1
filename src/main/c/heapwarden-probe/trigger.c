#define _GNU_SOURCE
#include "trigger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "deadline.h"
#include "waiter.h"

static void trigger_name(const struct jvm *jvm, char name[ATTACH_NAME]) {
    snprintf(name, ATTACH_NAME, ".attach_pid%lu", (unsigned long)jvm->status.inner_pid);
}

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool is_of_this_life(const struct jvm *jvm, const struct stat *stat) {
    double age = seconds(CLOCK_REALTIME) - ((double)stat->st_ctim.tv_sec + (double)stat->st_ctim.tv_nsec / 1e9);
    double life = seconds(CLOCK_BOOTTIME) - (double)jvm->ticks.start / (double)sysconf(_SC_CLK_TCK);
    return age < life && age * 1000 < GUARD_MILLIS;
}

static enum trigger_state make_in(const struct jvm *jvm, int directory, const char *name) {
    struct stat stat;
    int file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file >= 0) {
        /* On some mounts files belong to another user; the JVM would not believe such a one. */
        bool own = fstat(file, &stat) == 0 && stat.st_uid == jvm->status.uid;
        close(file);
        if (own) return TRIGGER_MADE;
        unlinkat(directory, name, 0);
        errno = EPERM;
        return TRIGGER_IMPOSSIBLE;
    }
    if (errno != EEXIST) return TRIGGER_IMPOSSIBLE;
    if (fstatat(directory, name, &stat, AT_SYMLINK_NOFOLLOW) != 0) return TRIGGER_IMPOSSIBLE;
    if (!S_ISREG(stat.st_mode) || (stat.st_uid != jvm->status.uid && stat.st_uid != 0)) {
        errno = EEXIST;
        return TRIGGER_IMPOSSIBLE;
    }
    return is_of_this_life(jvm, &stat) ? TRIGGER_PENDING : TRIGGER_STALE;
}

static int working_directory(const struct jvm *jvm) { return openat(jvm->process, "cwd", O_PATH | O_DIRECTORY | O_CLOEXEC); }

enum trigger_state make_trigger(const struct jvm *jvm) {
    char name[ATTACH_NAME];
    trigger_name(jvm, name);
    int cwd = working_directory(jvm);
    enum trigger_state made = cwd < 0 ? TRIGGER_IMPOSSIBLE : make_in(jvm, cwd, name);
    if (cwd >= 0) close(cwd);
    return made == TRIGGER_IMPOSSIBLE && jvm->tmp >= 0 ? make_in(jvm, jvm->tmp, name) : made;
}

static void remove_in(const struct jvm *jvm, int directory, const char *name) {
    struct stat stat;
    if (directory < 0 || fstatat(directory, name, &stat, AT_SYMLINK_NOFOLLOW) != 0) return;
    if (S_ISREG(stat.st_mode) && stat.st_size == 0 && stat.st_uid == jvm->status.uid) unlinkat(directory, name, 0);
}

void remove_trigger(const struct jvm *jvm) {
    char name[ATTACH_NAME];
    trigger_name(jvm, name);
    int cwd = working_directory(jvm);
    remove_in(jvm, cwd, name);
    remove_in(jvm, jvm->tmp, name);
    if (cwd >= 0) close(cwd);
}

bool trigger_is_done(const struct jvm *jvm) { return has_socket(jvm) || !is_alive(jvm->process); }

/* At the end of its time the file goes too, unless the kernel itself still holds the signal: the JVM is stopped. */
static void guard(const struct jvm *jvm) {
    struct deadline deadline = deadline_in(GUARD_MILLIS);
    struct status status;
    while (!trigger_is_done(jvm)) {
        if (deadline_left(deadline) == 0) {
            if (read_status(jvm->process, &status) && quit_is_pending(&status)) return;
            break;
        }
        sleep_until(deadline, GUARD_LOOK_MILLIS);
    }
    remove_trigger(jvm);
}

void leave_trigger_to_guard(const struct jvm *jvm) {
    if (tell_waiter(jvm->pid)) return;
    pid_t child = fork();
    if (child != 0) return;
    setsid();
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int standard = 0; standard < 3; standard++) {
        /* Whoever reads the answer waits until nobody holds its pipe any more. */
        if (nothing < 0 || dup2(nothing, standard) < 0) close(standard);
    }
    guard(jvm);
    _exit(0);
}
