/* SPDX-License-Identifier: MIT */
#include "hints.h"

#include <stddef.h>
#include <string.h>

#define ME_STRIP   "me-strip"
#define IFD_UNLOCK "ifd-unlock"

/* Options of me_cleaner and ifdtool that are separate filters in mekit. */
static const struct {
    const char *tool, *letter, *name, *hint;
} hints[] = {
    {ME_STRIP, "-r", "--relocate", "me-relocate moves FTPR: me-strip FILE | me-relocate"},
    {ME_STRIP, "-t", "--truncate", "me-extract -t extracts the ME region, cut to its minimum"},
    {ME_STRIP, "-D", "--extract-descriptor",
     "me-extract --region fd extracts the descriptor (-t: with the regions adjusted)"},
    {ME_STRIP, "-M", "--extract-me", "me-extract extracts the ME region (-t: cut to its minimum)"},
    {ME_STRIP, "-c", "--check", "rsa-check checks the signature, and more"},
    {IFD_UNLOCK, "-u", "--unlock", "ifd-unlock does that without an option"},
    {IFD_UNLOCK, "-l", NULL, "give --lock (ifdtool -lr: --lock --host-read-me)"},
    {IFD_UNLOCK, "-r", "--read", "give --lock --host-read-me"},
    {IFD_UNLOCK, "-p", NULL, "give --platform, or nothing: it is detected"},
    {IFD_UNLOCK, "-d", "--dump", "fpt-dump shows the descriptor (--like-ifdtool: its lines)"},
    {IFD_UNLOCK, "-x", "--extract", "me-extract --all DIR writes every region"},
    {IFD_UNLOCK, "-f", "--layout", "fpt-dump --layout prints the layout"},
    {IFD_UNLOCK, "-i", "--inject", "ifd-insert REGION=FILE does that"},
    {IFD_UNLOCK, NULL, "--newlayout", "ifd-layout --layout LAYOUT does that"},
    {IFD_UNLOCK, "-N", "--nuke", "ifd-insert --blank REGION does that"},
    {IFD_UNLOCK, "-M", "--altmedisable", "me-strip -s sets it, --clear-soft-disable clears it"},
    {IFD_UNLOCK, "-s", "--spifreq", "ifd-set --spi-clock MHZ does that"},
    {IFD_UNLOCK, "-D", "--density", "ifd-set --density SIZE does that"},
    {IFD_UNLOCK, "-C", "--chip", "ifd-set --density SIZE --chip N does that"},
    {IFD_UNLOCK, "-e", "--em100", "ifd-set --em100 does that"},
    {IFD_UNLOCK, "-S", "--setpchstrap", "ifd-set --strap N=VALUE does that"},
    {IFD_UNLOCK, "-T", "--topswapsize",
     "no filter does that: no source says which strap holds the size"},
    {IFD_UNLOCK, "-g", "--gpr0-disable", "ifd-set --clear-gpr0 does that, or ifd-unlock with it"},
    {IFD_UNLOCK, "-t", "--validate", "fpt-dump --check-fmap does that"},
};

const char *hint_for(const char *tool, const char *option) {
    size_t n = strcspn(option, "=");
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        const char *names[] = {hints[i].letter, hints[i].name};
        for (size_t k = 0; k < 2 && strcmp(hints[i].tool, tool) == 0; k++)
            if (names[k] && strlen(names[k]) == n && strncmp(names[k], option, n) == 0)
                return hints[i].hint;
    }
    return NULL;
}
