/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The system's header may be older than the kernel: define what it lacks. */
struct ruleset {
    uint64_t files, network, scope;
};

#define WRITING                                                                                    \
    (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR |                                 \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)

static struct ruleset all_rights(int version) {
    static const unsigned files[] = {0, 13, 14, 15, 15, 16};
    unsigned n = files[version < 5 ? version : 5];
    return (struct ruleset){
        .files = (1u << n) - 1, .network = version >= 4 ? 3 : 0, .scope = version >= 6 ? 3 : 0};
}

static int open_folder(const char *path) {
    return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static int open_parent(const char *path) {
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    while (n > 0 && path[n - 1] != '/')
        n--;
    char *parent = n > 0 ? strndup(path, n) : strdup(".");
    int fd = parent ? open_folder(parent) : -1;
    free(parent);
    return fd;
}

/* Linking or renaming a symbolic link needs the right to make one. */
static uint64_t rights_for(const struct sandbox_place *place) {
    struct stat status;
    bool link = place->kind != SANDBOX_FOLDER && lstat(place->path, &status) == 0 &&
                S_ISLNK(status.st_mode);
    return WRITING | (link ? LANDLOCK_ACCESS_FS_MAKE_SYM : 0);
}

/* If the folder does not exist, the run fails later with a better message. */
static bool allow(int rules, const struct sandbox_place *place) {
    struct landlock_path_beneath_attr rule = {.allowed_access = rights_for(place)};
    rule.parent_fd = place->kind == SANDBOX_FOLDER ? open_folder(place->path) : -1;
    if (rule.parent_fd < 0) {
        rule.parent_fd = open_parent(place->path);
        rule.allowed_access |= place->kind == SANDBOX_FOLDER
                                   ? LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR
                                   : 0;
    }
    if (rule.parent_fd < 0)
        return true;
    bool added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    int number = errno;
    close(rule.parent_fd);
    errno = number;
    return added;
}

static bool restrict_to(int rules, const struct sandbox_need *need) {
    for (size_t i = 0; i < need->n_places; i++)
        if (!allow(rules, &need->places[i]))
            return false;
    return syscall(SYS_landlock_restrict_self, rules, 0) == 0;
}

int enter_landlock(const struct sandbox_need *need) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version <= 0)
        return 0;
    struct ruleset all = all_rights((int)version);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return 0;
    bool entered = restrict_to(rules, need);
    int number = errno;
    close(rules);
    errno = number;
    return entered ? (int)version : 0;
}
