/* SPDX-License-Identifier: MIT */
int is_large(int n);
unsigned half_of(unsigned n);

int main(void) {
    return !(is_large(9) && !is_large(1) && half_of(6) == 3 && half_of(7) == 3);
}
