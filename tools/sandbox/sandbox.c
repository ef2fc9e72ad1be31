/* SPDX-License-Identifier: MIT */
#include "parts.h"
#include "threads.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

/* LeakSanitizer starts a process that traces this one, gcov writes its files at exit. */
static const char *never(void) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||                         \
    __has_feature(thread_sanitizer)
    return "built with a sanitizer";
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return "built with a sanitizer";
#elif defined(MEKIT_COVERAGE)
    return "built to count coverage";
#else
    return NULL;
#endif
}

bool sandbox_enter(const struct sandbox_need *need, struct sandbox_report *report) {
    *report = (struct sandbox_report){.none = never()};
    if (report->none) {
        if (need->threads)
            threads_start();
        return false;
    }
    if (!need->idle)
        sandbox_warm_up();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        report->seccomp_error = report->landlock_error = errno;
        return false;
    }
    limit_memory(need);
    report->landlock = enter_landlock(need);
    report->landlock_error = report->landlock ? 0 : errno;
    /* Landlock holds for threads that are started after it. */
    if (need->threads && seccomp_ends_process())
        threads_start();
    limit_processes();
    limit_descriptors(need);
    report->seccomp_error = enter_seccomp(need);
    report->seccomp = report->seccomp_error == 0;
    return report->seccomp && report->landlock;
}

char *sandbox_text(const struct sandbox_report *report, char *out, size_t n) {
    char seccomp[100] = "seccomp", landlock[100];
    if (report->none) {
        snprintf(out, n, "none (%s)", report->none);
        return out;
    }
    if (!report->seccomp)
        snprintf(seccomp, sizeof seccomp, "no seccomp (%s)", strerror(report->seccomp_error));
    if (report->landlock)
        snprintf(landlock, sizeof landlock, "Landlock %d", report->landlock);
    else
        snprintf(landlock, sizeof landlock, "no Landlock (%s)", strerror(report->landlock_error));
    snprintf(out, n, "%s%s %s", seccomp, report->seccomp && report->landlock ? "," : ";", landlock);
    return out;
}
