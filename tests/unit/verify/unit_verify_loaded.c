/* SPDX-License-Identifier: MIT */
/* For a module that is never loaded, ME 6 signs a hash of other bytes, and no stored size. */
#include "book.h"
#include "patched.h"

#include <mekit/format/mme.h>
#include <mekit/verify/verify.h>

TestSuite(loaded, .init = open_book, .fini = close_book);

/* POLICY becomes a second entry of KERNEL, which proves the codewords of both. */
static void put_twin(struct mk_buffer b, uint64_t kernel, uint64_t policy) {
    static const enum mk_mme_field fields[] = {MK_MME_HASH, MK_MME_LOAD_BASE, MK_MME_CODE_SIZE};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const struct mk_field *field = &mk_mme_fields[fields[i]];
        memcpy(b.p + policy + field->offset, b.p + kernel + field->offset,
               fields[i] == MK_MME_HASH ? 32 : 4);
    }
}

/* One bit of the hash of good-me6's KERNEL is wrong; loaded: bit 14 of its flags. */
static enum mk_check check(bool loaded, uint32_t stored_size, char reason[120]) {
    struct forged_image f = forged_open("good-me6");
    struct mk_chain chain;
    enum mk_check result = MK_CHECK_MATCH;
    const struct mk_partition *p = f.image.firmware.boot;
    uint64_t entry = mk_module_find(p, "KERNEL")->entry.at, manifest = p->manifest.bytes.at;
    put_twin(f.b, entry, mk_module_find(p, "POLICY")->entry.at);
    f.b.p[entry + mk_mme_fields[MK_MME_HASH].offset] ^= 1;
    cr_assert(mk_field_put(f.b, entry, &mk_mme_fields[MK_MME_LOAD], loaded));
    cr_assert(mk_field_put(f.b, entry, &mk_mme_fields[MK_MME_STORED_SIZE], stored_size));
    sign_anew(f.b, manifest);
    forged_again(&f);
    cr_assert(mk_verify(&f.image, &book, 1, &chain, NULL));
    for (size_t i = 0; i < chain.n_modules; i++)
        if (chain.modules[i].module->entry.at == entry) {
            result = chain.modules[i].result;
            memcpy(reason, chain.modules[i].reason, sizeof chain.modules[i].reason);
        }
    mk_chain_free(&chain);
    forged_close(&f);
    return result;
}

Test(loaded, only_a_module_that_is_not_loaded_may_have_another_hash) {
    char reason[120];
    cr_expect_eq(check(false, 0, reason), MK_CHECK_UNCHECKED);
    cr_expect_str_eq(reason, "its hash does not cover the stored bytes");
    cr_expect_eq(check(true, 0, reason), MK_CHECK_MISMATCH);
    cr_expect_eq(check(false, 0x800, reason), MK_CHECK_MISMATCH);
}
