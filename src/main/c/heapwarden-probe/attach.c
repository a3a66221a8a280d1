#define _GNU_SOURCE
#include "attach.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "trigger.h"

enum { BETWEEN_LOOKS_MILLIS = 10, PIDFD_SEND_SIGNAL = 424, PIDFD_OPEN = 434 };

/* By a descriptor of the process where the kernel has them (5.3), so that no other process of the same number can get it. */
static bool send_quit(const struct jvm *jvm) {
    int process = (int)syscall(PIDFD_OPEN, jvm->pid, 0);
    if (process < 0 && errno != ENOSYS && errno != EPERM) return false;
    /* It was that process when it was opened if it still is now. */
    if (!is_alive(jvm->process)) {
        errno = ESRCH;
        if (process >= 0) close(process);
        return false;
    }
    if (process < 0) return kill(jvm->pid, SIGQUIT) == 0;
    bool sent = syscall(PIDFD_SEND_SIGNAL, process, SIGQUIT, NULL, 0) == 0;
    int error = errno;
    close(process);
    errno = error;
    return sent || (error == ENOSYS && kill(jvm->pid, SIGQUIT) == 0);
}

/* A socket file may have been left by an earlier JVM of the same id, and then nobody listens. */
static enum attach_outcome connect_once(const struct jvm *jvm, int *connected, int *error) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    socket_name(jvm, address.sun_path);
    if (!has_socket(jvm)) return ATTACH_SILENT;
    int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (client < 0 || connect(client, (struct sockaddr *)&address, sizeof address) != 0) {
        *error = errno;
        if (client >= 0) close(client);
        return *error == EAGAIN ? ATTACH_BUSY : *error == EACCES || *error == EPERM ? ATTACH_NOT_ALLOWED : ATTACH_SILENT;
    }
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || peer.pid != jvm->pid) {
        close(client);
        return ATTACH_STRANGER;
    }
    *connected = client;
    return ATTACH_CONNECTED;
}

/* Sends the signal; ATTACH_SILENT when that is done and the JVM will listen in a while. */
static enum attach_outcome make_listen(const struct jvm *jvm, struct attach *attach) {
    struct status status;
    enum trigger_state trigger = make_trigger(jvm);
    attach->error = errno;
    if (trigger == TRIGGER_IMPOSSIBLE) return is_alive(jvm->process) ? ATTACH_NO_TRIGGER : ATTACH_GONE;
    attach->trigger_left = true;
    /* Right before: a process that does not handle the signal is ended by it. */
    if (!read_status(jvm->process, &status)) return ATTACH_GONE;
    if (!catches_quit(&status)) return ATTACH_NO_HANDLER;
    if (trigger == TRIGGER_PENDING || quit_is_pending(&status)) return ATTACH_SILENT;
    if (send_quit(jvm)) return ATTACH_SILENT;
    attach->error = errno;
    return attach->error == ESRCH ? ATTACH_GONE : ATTACH_NOT_ALLOWED;
}

struct attach attach_to(const struct jvm *jvm, struct deadline deadline) {
    struct attach attach = {.socket = -1};
    if (jvm->tmp < 0 || fchdir(jvm->tmp) != 0) {
        attach.error = errno;
        attach.outcome = ATTACH_NO_TRIGGER;
        return attach;
    }
    bool signalled = false;
    for (;;) {
        attach.outcome = connect_once(jvm, &attach.socket, &attach.error);
        if (attach.outcome == ATTACH_SILENT && !signalled) {
            attach.outcome = make_listen(jvm, &attach);
            signalled = true;
        }
        if (attach.outcome != ATTACH_SILENT && attach.outcome != ATTACH_BUSY) break;
        if (!is_alive(jvm->process)) attach.outcome = ATTACH_GONE;
        if (attach.outcome == ATTACH_GONE || deadline_left(deadline) == 0) break;
        sleep_until(deadline, BETWEEN_LOOKS_MILLIS);
    }
    if (attach.trigger_left && attach.outcome != ATTACH_SILENT) {
        remove_trigger(jvm);
        attach.trigger_left = false;
    }
    return attach;
}
