/* SPDX-License-Identifier: MIT */
#include <mekit/format/platform.h>

#include <string.h>

#define PCHSTRP10   0x28u
#define CLIENT_BITS 0x00C00000u
#define SERVER_NR   4u

bool mk_descriptor_is_server(const struct mk_descriptor *d, uint32_t *strap) {
    const char *seen = mk_platform_detect(d)->name;
    uint32_t at;
    bool told = strcmp(seen, "cougarpoint") == 0 || strcmp(seen, "lynxpoint") == 0;
    return told && d->nr >= SERVER_NR && mk_descriptor_pch_strap(d, PCHSTRP10, strap, &at) &&
           (*strap & CLIENT_BITS) == 0;
}
