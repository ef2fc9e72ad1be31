/* The tools' own mains, renamed so that one program can hold them all. */
#ifndef MEKIT_FUZZ_MAINS_H
#define MEKIT_FUZZ_MAINS_H

int main_ifd_unlock(int argc, char **argv);
int main_ifd_insert(int argc, char **argv);
int main_ifd_layout(int argc, char **argv);
int main_ifd_set(int argc, char **argv);
int main_fpt_dump(int argc, char **argv);
int main_me_strip(int argc, char **argv);
int main_me_relocate(int argc, char **argv);
int main_me_extract(int argc, char **argv);
int main_rsa_check(int argc, char **argv);

#endif
