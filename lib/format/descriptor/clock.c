/* SPDX-License-Identifier: MIT */
#include <mekit/format/platform.h>

#include <string.h>

/* MHz of a clock code, 0: unknown. Versions differ in code 4; the 500 series has new codes. */
static const uint8_t clocks_v1[MK_CLOCK_CODES] = {20, 33, 48, 0, 50, 0, 17, 0};
static const uint8_t clocks_v2[MK_CLOCK_CODES] = {20, 33, 48, 0, 30, 0, 17, 0};
static const uint8_t clocks_500[MK_CLOCK_CODES] = {100, 50, 0, 33, 25, 0, 14, 0};
static const struct {
    const char *platform;
    const uint8_t *clocks;
} rows[] = {
    {"sklkbl", clocks_v2}, {"lbg", clocks_v2},  {"apl", clocks_v2},  {"glk", clocks_v2},
    {"cnl", clocks_v2},    {"tgl", clocks_500}, {"adl", clocks_500}, {"mtl", clocks_500},
};

const uint8_t *mk_platform_clocks(const struct mk_platform *platform) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].platform, platform->name) == 0)
            return rows[i].clocks;
    return platform->version == 1 ? clocks_v1 : NULL;
}
