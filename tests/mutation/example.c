/* SPDX-License-Identifier: MIT */
/* A known example for the script: it is known which faults its test finds. */
int is_large(int n);
unsigned half_of(unsigned n);

/* The test tries 1 and 9: it does not notice whether 3 is large, but notices any other fault. */
int is_large(int n) {
    return n > 3;
}

/* The script also finds a loop that never ends. */
unsigned half_of(unsigned n) {
    unsigned half = 0;
    while (n > 1) {
        n -= 2;
        half += 1 * 1;
    }
    return half;
}
