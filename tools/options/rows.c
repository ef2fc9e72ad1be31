/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <string.h>

#define COMMON(member) offsetof(struct tool_common, member)
#define COUNT(array)   (sizeof(array) / sizeof *(array))

static const struct tool_option for_all[] = {
    {'h', "help", NULL, TOOL_FLAG, NULL, COMMON(help), "show this and stop"},
    {'V', "version", NULL, TOOL_FLAG, NULL, COMMON(version),
     "show the version and the sandbox, and stop"},
    {'q', "quiet", NULL, TOOL_FLAG, NULL, COMMON(quiet), "print nothing but errors"},
    {'v', "verbose", NULL, TOOL_FLAG, NULL, COMMON(verbose), "print more"},
    {0, "json", NULL, TOOL_TEXT_OPTIONAL, "FILE", COMMON(json),
     "report as JSON, to FILE or to the report's stream"},
    {0, "platform", NULL, TOOL_TEXT, "NAME", COMMON(platform),
     "use this platform, not the detected one (tgl, cnl, lynxpoint ...)"},
    {0, "max-size", NULL, TOOL_TEXT, "SIZE", COMMON(max_size_text),
     "read at most SIZE bytes (K, M, G; default 256M)"},
    {0, "no-sandbox", NULL, TOOL_FLAG, NULL, COMMON(no_sandbox),
     "keep all rights while parsing the image, on one thread (to debug)"},
};

static const struct tool_option for_filters[] = {
    {'o', "output", NULL, TOOL_TEXT, "FILE", COMMON(output), "write to FILE, not standard output"},
    {'O', NULL, NULL, TOOL_TEXT, "FILE", COMMON(output), "the same"},
    {0, "in-place", NULL, TOOL_FLAG, NULL, COMMON(in_place),
     "replace the input FILE; the old one stays as FILE.orig, unless there is one"},
    {'n', "dry-run", NULL, TOOL_FLAG, NULL, COMMON(dry_run), "show the plan, write nothing"},
    {0, "expect", NULL, TOOL_TEXT, "SHA256", COMMON(expect),
     "write nothing unless the output has this digest"},
    {0, "undo-record", NULL, TOOL_TEXT, "FILE", COMMON(undo_record),
     "write to FILE what --undo needs to restore the input"},
    {0, "undo", NULL, TOOL_TEXT, "FILE", COMMON(undo),
     "restore the input from the output of the run that wrote this record"},
    {0, "accept", NULL, TOOL_TEXT, "ID[,ID]", COMMON(accept_text),
     "continue despite this finding (regions-overlap ...)"},
};

static const struct tool_option for_proof[] = {
    {0, "codebook", NULL, TOOL_LIST, "FILE", COMMON(codebooks),
     "unpack Huffman modules with this file or folder; repeatable"},
};

static const struct tool_option for_reports[] = {
    {0, "pass", NULL, TOOL_FLAG, NULL, COMMON(pass),
     "copy the input to standard output if the exit status is 0; report on standard error"},
    {0, "each", NULL, TOOL_FLAG, NULL, COMMON(each),
     "treat the FILEs as unrelated images: one report for each"},
    {0, "files0-from", NULL, TOOL_TEXT, "LIST", COMMON(files0_from),
     "like --each, for the names in LIST, each ended by a NUL; - is standard input"},
    {'j', "jobs", NULL, TOOL_TEXT, "N", COMMON(jobs_text),
     "with --each: N at a time (default: one per processor)"},
};

const struct tool_option *options_common(const struct tool *tool, size_t part, size_t *n) {
    switch (part) {
    case 0:
        *n = COUNT(for_all);
        return for_all;
    case 1:
        *n = tool->reports ? COUNT(for_reports) : COUNT(for_filters);
        return tool->reports ? for_reports : for_filters;
    default:
        *n = tool->proves ? COUNT(for_proof) : 0;
        return for_proof;
    }
}

char *options_name(const struct tool_option *row, char out[OPTIONS_NAME_ROOM]) {
    if (row->name)
        snprintf(out, OPTIONS_NAME_ROOM, "--%s", row->name);
    else
        snprintf(out, OPTIONS_NAME_ROOM, "-%c", row->letter);
    return out;
}

const char *options_argument(const struct tool_run *run, const char *argument) {
    for (size_t i = 0; i < run->tool->n_options; i++) {
        const struct tool_option *row = &run->tool->options[i];
        if (row->value != TOOL_TEXT || strcmp(row->argument, argument) != 0)
            continue;
        const char *text = *(const char **)(void *)((char *)run->options + row->at);
        if (text)
            return text;
    }
    return NULL;
}
