/* SPDX-License-Identifier: MIT */
/* peak COMMAND...: runs it, then prints its peak memory in KiB to standard error. The exit status
 * is the command's. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define USAGE 2

int main(int argc, char **argv) {
    int how = 0;
    struct rusage used;
    pid_t pid = argc > 1 ? fork() : -1;
    if (pid == 0) {
        execvp(argv[1], argv + 1);
        _exit(USAGE);
    }
    if (pid < 0 || waitpid(pid, &how, 0) != pid || getrusage(RUSAGE_CHILDREN, &used) != 0)
        return USAGE;
    fprintf(stderr, "%ld\n", used.ru_maxrss);
    return WIFEXITED(how) ? WEXITSTATUS(how) : USAGE;
}
