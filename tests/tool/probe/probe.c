/* SPDX-License-Identifier: MIT */
/* probe [--thread] [--free] [--file PATH | --in-place PATH | --folder PATH] ACTION [PATH [PATH]]
 *     enters the sandbox (not with --free), then tries a forbidden action, with --thread on one of
 *     the tools' threads. Exit status: 0 refused, 10 it worked, 2 usage; the kernel may also kill
 *     it.
 * probe --without landlock|seccomp|both COMMAND...
 *     runs a command as in a container that forbids these calls.
 * probe report
 *     prints which parts are active.
 * probe kernel
 *     prints which parts the kernel has, without the code under test. */
#define _GNU_SOURCE
#include "sandbox.h"
#include "threads.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKED 10
#define USAGE  2

static bool is_open(int fd) {
    return fd >= 0;
}

static bool try_read(char **paths) {
    return is_open(open(paths[0], O_RDONLY));
}

static bool try_overwrite(char **paths) {
    return is_open(open(paths[0], O_WRONLY));
}

static bool try_truncate(char **paths) {
    return is_open(open(paths[0], O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
}

static bool try_create(char **paths) {
    return is_open(open(paths[0], O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
}

static bool try_list(char **paths) {
    return is_open(open(paths[0], O_RDONLY | O_DIRECTORY));
}

static bool try_unlink(char **paths) {
    return unlink(paths[0]) == 0;
}

static bool try_rename(char **paths) {
    return paths[1] && rename(paths[0], paths[1]) == 0;
}

static bool try_link(char **paths) {
    return paths[1] && link(paths[0], paths[1]) == 0;
}

static bool try_symlink(char **paths) {
    return paths[1] && symlink(paths[0], paths[1]) == 0;
}

static bool try_mkdir(char **paths) {
    return mkdir(paths[0], 0700) == 0;
}

static bool try_stat(char **paths) {
    struct stat status;
    return stat(paths[0], &status) == 0;
}

static bool try_chmod(char **paths) {
    return chmod(paths[0], 0600) == 0;
}

static bool try_socket(char **paths) {
    (void)paths;
    return is_open(socket(AF_INET, SOCK_STREAM, 0));
}

static bool try_exec(char **paths) {
    (void)paths;
    execl("/bin/sh", "sh", "-c", "exit 10", (char *)NULL);
    return false;
}

static bool try_fork(char **paths) {
    (void)paths;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}

static bool try_ptrace(char **paths) {
    (void)paths;
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool try_kill(char **paths) {
    (void)paths;
    return kill(getppid(), 0) == 0;
}

static bool try_code(char **paths) {
    (void)paths;
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static bool try_protect(char **paths) {
    (void)paths;
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool try_limit(char **paths) {
    struct rlimit limit = {0, 0};
    (void)paths;
    return setrlimit(RLIMIT_CORE, &limit) == 0;
}

/* The control: calls that the tools make all the time must still work. */
static bool try_memory(char **paths) {
    (void)paths;
    char *bytes = calloc(1, 8u << 20);
    char *more = bytes ? realloc(bytes, 64u << 20) : NULL;
    bool worked = more && isatty(STDOUT_FILENO) == 0 && errno == ENOTTY && printf("alive\n") > 0;
    free(more ? more : bytes);
    return worked && fflush(stdout) == 0;
}

static const struct {
    const char *name;
    int paths;
    bool (*try)(char **paths);
} actions[] = {
    {"read", 1, try_read},     {"overwrite", 1, try_overwrite}, {"truncate", 1, try_truncate},
    {"create", 1, try_create}, {"list", 1, try_list},           {"unlink", 1, try_unlink},
    {"rename", 2, try_rename}, {"link", 2, try_link},           {"symlink", 2, try_symlink},
    {"mkdir", 1, try_mkdir},   {"stat", 1, try_stat},           {"chmod", 1, try_chmod},
    {"socket", 0, try_socket}, {"exec", 0, try_exec},           {"fork", 0, try_fork},
    {"ptrace", 0, try_ptrace}, {"kill", 0, try_kill},           {"code", 0, try_code},
    {"limit", 0, try_limit},   {"protect", 0, try_protect},     {"memory", 0, try_memory},
};

static int run_action(int argc, char **argv) {
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, argv[0]) != 0 || argc != actions[i].paths + 1)
            continue;
        errno = 0;
        if (actions[i].try(argv + 1))
            return WORKED;
        printf("%s: %s\n", argv[0], strerror(errno));
        return 0;
    }
    return USAGE;
}

struct action {
    int argc;
    char **argv;
    pid_t asker;
    atomic_int result; /* -1: no result yet */
};

/* The calling thread waits, so that another thread runs the action. */
static void act(void *of, size_t i) {
    struct action *a = of;
    (void)i;
    if (gettid() != a->asker && atomic_load(&a->result) < 0) /* it may get both jobs */
        atomic_store(&a->result, run_action(a->argc, a->argv));
    while (atomic_load(&a->result) < 0)
        sched_yield();
}

static int run_on_thread(int argc, char **argv) {
    struct action a = {argc, argv, gettid(), -1};
    const struct mk_runner *runner = threads_runner();
    if (!runner)
        return USAGE;
    runner->run(runner, act, &a, 2);
    return a.result;
}

static int report(void) {
    struct sandbox_need need = {.memory = 0};
    struct sandbox_report report;
    char text[300];
    sandbox_enter(&need, &report);
    puts(sandbox_text(&report, text, sizeof text));
    return 0;
}

static int ask_kernel(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0)
        puts("Landlock");
    if (filter && seccomp_load(filter) == 0)
        puts("seccomp");
    return 0;
}

static bool refuse(scmp_filter_ctx filter, int error, const char *name) {
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint32_t)error),
                            seccomp_syscall_resolve_name(name), 0) == 0;
}

/* Filters the call that sets a filter; prctl is another way to set one. */
static int run_without(const char *what, char **command) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    struct scmp_arg_cmp sets_filter = {0, SCMP_CMP_EQ, 22, 0};
    bool set = filter != NULL;
    if (set && strcmp(what, "seccomp") != 0)
        set = refuse(filter, ENOSYS, "landlock_create_ruleset");
    if (set && strcmp(what, "landlock") != 0)
        set = refuse(filter, EPERM, "seccomp") &&
              seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1,
                                     &sets_filter) == 0;
    if (!set || seccomp_load(filter) != 0)
        return USAGE;
    execvp(command[0], command);
    return USAGE;
}

/* Enters the sandbox as the options say; returns the number of options. */
static int enter(bool threads, int argc, char **argv) {
    static const char *const kinds[] = {"--file", "--in-place", "--folder"};
    struct sandbox_need need = {.memory = 256u << 20, .threads = threads};
    struct sandbox_report report;
    if (strcmp(argv[0], "--free") == 0) {
        if (threads)
            threads_start();
        return 1;
    }
    for (int kind = 0; kind < 3; kind++)
        if (argc > 1 && strcmp(argv[0], kinds[kind]) == 0)
            need.places[need.n_places++] = (struct sandbox_place){argv[1], (enum sandbox_kind)kind};
    sandbox_enter(&need, &report);
    return 2 * (int)need.n_places;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "report") == 0)
        return report();
    if (argc == 2 && strcmp(argv[1], "kernel") == 0)
        return ask_kernel();
    if (argc > 3 && strcmp(argv[1], "--without") == 0)
        return run_without(argv[2], argv + 3);
    bool thread = argc > 1 && strcmp(argv[1], "--thread") == 0;
    int used = 1 + thread;
    if (used >= argc)
        return USAGE;
    used += enter(thread, argc - used, argv + used);
    if (used >= argc)
        return USAGE;
    return (thread ? run_on_thread : run_action)(argc - used, argv + used);
}
