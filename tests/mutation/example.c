/* SPDX-License-Identifier: MIT */
/* What the script proves itself on: which faults its test finds is known. */
int is_large(int n);
unsigned half_of(unsigned n);

/* The test asks for 1 and for 9: it does not see whether 3 is large, and sees any other fault. */
int is_large(int n) {
    return n > 3;
}

/* A loop that never ends is found too. */
unsigned half_of(unsigned n) {
    unsigned half = 0;
    while (n > 1) {
        n -= 2;
        half += 1 * 1;
    }
    return half;
}
