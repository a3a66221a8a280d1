/*
 * measure RUNS COMMAND...: runs a command that often with its output thrown away, and prints the medians of its processor time (with its children) and
 * wall time in ms, and the most resident memory of any of its processes in KiB. Memory is read in a run of its own, as each process ends (VmHWM),
 * since what wait4 says includes the memory of the program that started it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void run(char **command, int traced) {
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, 0);
    dup2(nothing, 1);
    dup2(nothing, 2);
    if (traced) ptrace(PTRACE_TRACEME, 0, 0, 0);
    execvp(*command, command);
    _exit(127);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static long peak_of(pid_t pid) {
    char path[64], line[256];
    long peak = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *status = fopen(path, "r");
    if (status == NULL) return 0;
    while (fgets(line, sizeof line, status)) {
        if (sscanf(line, "VmHWM: %ld kB", &peak) == 1) break;
    }
    fclose(status);
    return peak;
}

static long most_resident(char **command) {
    long most = 0;
    int status;
    pid_t child = fork(), stopped;
    if (child == 0) run(command, 1);
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACEEXIT | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC);
    ptrace(PTRACE_CONT, child, 0, 0);
    while ((stopped = waitpid(-1, &status, __WALL)) > 0) {
        if (!WIFSTOPPED(status)) continue;
        int event = status >> 16, signal = WSTOPSIG(status);
        if (event == PTRACE_EVENT_EXIT) {
            long peak = peak_of(stopped);
            if (peak > most) most = peak;
        }
        ptrace(PTRACE_CONT, stopped, 0, event != 0 || signal == SIGTRAP || signal == SIGSTOP ? 0 : signal);
    }
    return most;
}

int main(int count, char **words) {
    int runs = count > 2 ? atoi(words[1]) : 0;
    if (runs < 1 || runs > 1000) return 2;
    double processor[1000], wall[1000];
    for (int i = 0; i < runs; i++) {
        struct rusage used;
        struct timespec began, ended;
        int status;
        clock_gettime(CLOCK_MONOTONIC, &began);
        pid_t child = fork();
        if (child == 0) run(words + 2, 0);
        wait4(child, &status, 0, &used);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            fprintf(stderr, "measure: %s ended with %d\n", words[2], status);
            return 1;
        }
        processor[i] = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
        wall[i] = (double)(ended.tv_sec - began.tv_sec) * 1e3 + (double)(ended.tv_nsec - began.tv_nsec) / 1e6;
    }
    qsort(processor, (size_t)runs, sizeof *processor, ascending);
    qsort(wall, (size_t)runs, sizeof *wall, ascending);
    printf("%.2f | %.2f | %ld", processor[runs / 2], wall[runs / 2], most_resident(words + 2));
    return 0;
}
