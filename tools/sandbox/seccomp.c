/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "parts.h"
#include "threads.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* By name: skip the calls that this machine does not have. */
static const char *const always[] = {
    /* open streams */
    "read", "readv", "write", "writev", "vmsplice", "close", "lseek", "_llseek", "fstat", "fstat64",
    /* memory; sysinfo: qsort asks it for the amount of memory, and trusts the answer */
    "munmap", "mremap", "brk", "madvise", "sysinfo",
    /* time, chance, signals, the end */
    "clock_gettime", "clock_gettime64", "gettimeofday", "getrandom", "futex", "futex_time64",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "restart_syscall", "getpid",
    "gettid", "exit", "exit_group"};

static const char *const for_places[] = {
    "stat",   "stat64", "lstat",  "lstat64",  "newfstatat", "fstatat64", "statx",   "fsync",
    "fchmod", "umask",  "rename", "renameat", "renameat2",  "unlink",    "unlinkat"};
static const char *const for_in_place[] = {"link", "linkat"};
static const char *const for_folders[] = {"mkdir", "mkdirat", "rmdir"};

/* No bug of ours calls these: if the process does, an attacker controls it. */
static const char *const deadly[] = {"execve",
                                     "execveat",
                                     "fork",
                                     "vfork",
                                     "clone",
                                     "clone3",
                                     "ptrace",
                                     "process_vm_readv",
                                     "process_vm_writev",
                                     "socket",
                                     "socketpair",
                                     "socketcall",
                                     "connect",
                                     "bind",
                                     "listen",
                                     "accept",
                                     "accept4",
                                     "bpf",
                                     "io_uring_setup",
                                     "userfaultfd",
                                     "perf_event_open",
                                     "mount",
                                     "unshare",
                                     "setns",
                                     "init_module",
                                     "finit_module",
                                     "kexec_load"};

#define ROOM ((size_t)1 << 20) /* libseccomp takes 150 KiB */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The bits of open's flags that give a right or create something. */
#define OPEN_BITS                                                                                  \
    (O_ACCMODE | O_CREAT | O_EXCL | O_TRUNC | O_APPEND | O_NOFOLLOW | O_PATH | O_TMPFILE)
#define OPEN_NEW    (O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY)

#define TERMINAL_OLD 0x5401u     /* TCGETS, which isatty uses */
#define TERMINAL_NEW 0x802C542Au /* TCGETS2, which newer C libraries use */

static int add(scmp_filter_ctx filter, uint32_t action, const char *name,
               const struct scmp_arg_cmp *condition) {
    int number = seccomp_syscall_resolve_name(name);
    if (number < 0)
        return 0;
    return seccomp_rule_add_array(filter, action, number, condition ? 1 : 0, condition);
}

static int add_all(scmp_filter_ctx filter, uint32_t action, const char *const *names, size_t n) {
    int failed = 0;
    for (size_t i = 0; i < n && !failed; i++)
        failed = add(filter, action, names[i], NULL);
    return failed;
}

/* Allows the call if the bits of an argument that mask selects have this value. */
static int add_masked(scmp_filter_ctx filter, const char *name, unsigned argument, uint64_t mask,
                      uint64_t value) {
    struct scmp_arg_cmp condition = {argument, SCMP_CMP_MASKED_EQ, mask, value};
    return add(filter, SCMP_ACT_ALLOW, name, &condition);
}

/* The old mmap of 32-bit machines passes its arguments in memory, where a filter can't see them. */
static const char *mmap_name(void) {
    return seccomp_syscall_resolve_name("mmap2") >= 0 ? "mmap2" : "mmap";
}

static int add_conditional(scmp_filter_ctx filter) {
    const struct {
        const char *name;
        unsigned argument;
        uint64_t mask, value;
    } rules[] = {
        {mmap_name(), 2, PROT_EXEC, 0},
        {"mprotect", 2, PROT_EXEC, 0},
        {"ioctl", 1, UINT32_MAX, TERMINAL_OLD},
        {"ioctl", 1, UINT32_MAX, TERMINAL_NEW},
        {"tgkill", 0, UINT32_MAX, (uint64_t)getpid()},
        {"tkill", 0, UINT32_MAX, (uint64_t)getpid()},
        {"newfstatat", 3, AT_EMPTY_PATH, AT_EMPTY_PATH}, /* C libraries' fstat */
        {"fstatat64", 3, AT_EMPTY_PATH, AT_EMPTY_PATH},
        {"statx", 2, AT_EMPTY_PATH, AT_EMPTY_PATH},
    };
    int failed = 0;
    for (size_t i = 0; i < COUNT(rules) && !failed; i++)
        failed =
            add_masked(filter, rules[i].name, rules[i].argument, rules[i].mask, rules[i].value);
    return failed;
}

static int add_opens(scmp_filter_ctx filter) {
    const struct {
        const char *name;
        unsigned argument;
    } calls[] = {{"open", 1}, {"openat", 2}};
    int failed = 0;
    for (size_t i = 0; i < COUNT(calls) && !failed; i++) {
        failed = add_masked(filter, calls[i].name, calls[i].argument, OPEN_BITS, OPEN_NEW);
        if (!failed)
            failed = add_masked(filter, calls[i].name, calls[i].argument, OPEN_BITS, OPEN_FOLDER);
    }
    return failed;
}

static bool has_kind(const struct sandbox_need *need, enum sandbox_kind kind) {
    for (size_t i = 0; i < need->n_places; i++)
        if (need->places[i].kind == kind)
            return true;
    return false;
}

static int add_places(scmp_filter_ctx filter, const struct sandbox_need *need) {
    int failed = 0;
    if (need->n_places > 0)
        failed = add_opens(filter);
    if (!failed && need->n_places > 0)
        failed = add_all(filter, SCMP_ACT_ALLOW, for_places, COUNT(for_places));
    if (!failed && has_kind(need, SANDBOX_IN_PLACE))
        failed = add_all(filter, SCMP_ACT_ALLOW, for_in_place, COUNT(for_in_place));
    if (!failed && has_kind(need, SANDBOX_FOLDER))
        failed = add_all(filter, SCMP_ACT_ALLOW, for_folders, COUNT(for_folders));
    return failed;
}

bool seccomp_ends_process(void) {
    return seccomp_api_get() >= 3;
}

static uint32_t death(void) {
    return seccomp_ends_process() ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_KILL_THREAD;
}

/* libseccomp returns one number for all errors; the kernel's is in errno. */
static int load(scmp_filter_ctx filter) {
    errno = 0;
    int failed = seccomp_load(filter);
    return failed && errno ? -errno : failed;
}

/* If an allocation fails half-way, libseccomp crashes, hangs, or makes a filter that lacks rules.
 * So call it only if there is more memory than it needs. */
static bool has_room(void) {
    void *room = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return room != MAP_FAILED && munmap(room, ROOM) == 0;
}

int enter_seccomp(const struct sandbox_need *need) {
    if (!has_room())
        return ENOMEM;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return ENOMEM;
    int failed = threads_runner() ? seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) : 0;
    if (!failed)
        failed = add_all(filter, death(), deadly, COUNT(deadly));
    if (!failed)
        failed = add_all(filter, SCMP_ACT_ALLOW, always, COUNT(always));
    if (!failed)
        failed = add_conditional(filter);
    if (!failed)
        failed = add_places(filter, need);
    if (!failed)
        failed = load(filter);
    seccomp_release(filter);
    return -failed;
}
