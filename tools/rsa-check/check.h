/* Private to rsa-check: what is found in each input, and how it is told. */
#ifndef MEKIT_TOOLS_CHECK_H
#define MEKIT_TOOLS_CHECK_H

#include "tool.h"

#include <jansson.h>
#include <mekit/base/range.h>
#include <mekit/inspect/inspect.h>

struct check_options {
    bool require_known_key, require_proof;
};

struct check {
    const struct tool_input *input;
    bool recognised; /* image holds something */
    struct mk_image image;
    struct mk_inspection seen;
    struct mk_error error;        /* code MK_OK, or why it could not be verified */
    struct mk_ranges differences; /* against the first input, file-relative */
    int status;
};

int check_report(struct tool_run *run);

void check_text(const struct tool_run *run, const struct check *check, const struct check *first);
json_t *check_json(const struct tool_run *run, const struct check *check,
                   const struct check *first);

#endif
