/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/action/compare.h>
#include <string.h>

TestSuite(vote, .fini = check_leaks);

#define N 5000u

static uint8_t bytes[4][N];

static void fill(struct mk_span reads[4]) {
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < N; k++)
            bytes[i][k] = (uint8_t)(k * 7);
        reads[i] = mk_span_of(bytes[i], N);
    }
}

Test(vote, majority_of_three_wins_at_every_byte) {
    struct mk_span reads[4];
    uint8_t out[N];
    struct mk_vote vote;
    fill(reads);
    bytes[0][0] ^= 0x81;
    bytes[1][4095] ^= 0x01;
    bytes[2][4096] ^= 0x10;
    bytes[0][N - 1] ^= 0xFF;
    mk_vote(reads, 3, (struct mk_buffer){out, N}, &vote);
    cr_assert_eq(vote.voted_bytes, 4);
    cr_assert_eq(vote.undecided_bits, 0);
    cr_assert_eq(memcmp(out, bytes[3], N), 0);
}

Test(vote, tie_of_four_is_counted_by_bit) {
    struct mk_span reads[4];
    uint8_t out[N];
    struct mk_vote vote;
    fill(reads);
    bytes[0][9] ^= 0x03;
    bytes[1][9] ^= 0x01;
    mk_vote(reads, 4, (struct mk_buffer){out, N}, &vote);
    cr_assert_eq(vote.voted_bytes, 1);
    cr_assert_eq(vote.undecided_bits, 1);
    cr_assert_eq(out[9], bytes[2][9] ^ 0x01);
}

Test(vote, disagreement_counts_bytes_and_bits) {
    struct mk_span reads[4];
    struct mk_disagreement d;
    fill(reads);
    bytes[1][100] ^= 0x81;
    bytes[2][4100] ^= 0x01;
    mk_disagree(reads, 3, NULL, &d);
    cr_assert_eq(d.bytes, 2);
    cr_assert_eq(d.bits, 3);
    cr_assert_eq(d.regions[MK_NO_REGION].bytes, 2);
    cr_assert_eq(d.regions[MK_NO_REGION].first, 100);
}

Test(vote, bytes_that_a_shorter_read_lacks_differ) {
    struct mk_span reads[4];
    struct mk_disagreement d;
    fill(reads);
    reads[1].n = N - 10;
    mk_disagree(reads, 2, NULL, &d);
    cr_assert_eq(d.bytes, 10);
    cr_assert_eq(d.bits, 0);
    reads[1].n = N;
    mk_disagree(reads, 2, NULL, &d);
    cr_assert_eq(d.bytes, 0);
}
