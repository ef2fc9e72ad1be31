/* SPDX-License-Identifier: MIT */
/* Every limit that mekit sets on what an image may ask for, with its reason. */
#ifndef MEKIT_BASE_LIMIT_H
#define MEKIT_BASE_LIMIT_H

/* The largest descriptors address 2 x 64 MiB; twice that leaves room for joined dumps. */
#define MK_LIMIT_INPUT (256ull << 20)

/* A classic table must end before 0x400, where the lowest partition may stand: 30 entries; 23 seen.
 */
#define MK_LIMIT_FPT_ENTRIES 30

/* BPDT: 31 entries seen; 46 types are known. */
#define MK_LIMIT_BPDT_ENTRIES 64

/* Boot partitions that a layout table names, BP1 to BP5, and each one's second table. */
#define MK_LIMIT_BOOT_TABLES 10

/* Partitions in all boot tables together: 43 seen. Each may list MK_LIMIT_CPD_ENTRIES modules. */
#define MK_LIMIT_BOOT_PARTITIONS 128

/* Errors that are kept of one image: nobody reads more. */
#define MK_LIMIT_ERRORS 64

/* Findings of one id that are kept of one image. */
#define MK_LIMIT_FINDINGS 16

/* $CPD: 70 entries seen; Intel's own tools stop at 1024. */
#define MK_LIMIT_CPD_ENTRIES 1024

/* Bytes of a manifest: 3,220 seen. */
#define MK_LIMIT_MANIFEST 0x10000u

/* Bytes of a module's metadata that are looked at: 2,400 seen. */
#define MK_LIMIT_METADATA 0x4000u

/* What the modules of a partition cover, all together: so many times the partition. In real images
 * none shares bytes with another. */
#define MK_LIMIT_COVER_TIMES 4u

/* $MME: 30 seen in one manifest. */
#define MK_LIMIT_MODULES 256

/* LLUT: 3,200 chunks seen; 64 Ki chunks of 1 KiB are 64 MiB of code, more than any flash holds. */
#define MK_LIMIT_CHUNKS 65536

/* Pages that the modules of one partition cover, all together: they hardly overlap in real images.
 */
#define MK_LIMIT_PAGES (2ull * MK_LIMIT_CHUNKS)

/* A module's code, unpacked: 1.5 MiB seen. */
#define MK_LIMIT_CODE (16u << 20)

/* MFS: pages of 8 KiB; 50 seen. Chunks are numbered in 16 bits, so that 540 pages of data would be
 * the most. */
#define MK_LIMIT_MFS_PAGES 640u

/* Low-level files that a volume of the MFS has places for: 1024 seen. */
#define MK_LIMIT_MFS_FILES 4096u

/* Entries of the host's firmware interface table: some 20 seen elsewhere. */
#define MK_LIMIT_FIT_ENTRIES 256u

/* Volumes of one image: MFS, AFS and MFSB are known names, and none stands twice in a table. */
#define MK_LIMIT_FILE_SYSTEMS 4

/* Records of a configuration: 202 seen. */
#define MK_LIMIT_SETTINGS 4096u

/* Records of all directories in the home directory: 206 seen. */
#define MK_LIMIT_HOME_RECORDS 4096u

/* Directories above a setting: 6 seen. */
#define MK_LIMIT_PATH_DEPTH 16u

/* What one verification may hash and unpack: this many times the image, and this much besides. Real
 * images take 3 times their size. */
#define MK_LIMIT_WORK_TIMES  16u
#define MK_LIMIT_WORK_BESIDE (64ull << 20)
#define MK_LIMIT_WORK(n)     ((uint64_t)(n)*MK_LIMIT_WORK_TIMES + MK_LIMIT_WORK_BESIDE)

/* What a signature takes of that, as if so many bytes were hashed; and a key that a list names. */
#define MK_LIMIT_WORK_SIGNATURE 0x10000u
#define MK_LIMIT_WORK_KEY       0x400u

/* What the library holds at a time, beside the image: all tables above filled to their limits (some
 * 400 bytes for a module and what is found out about it) and one module's code. Ordinary images
 * take 8 MiB. The fuzz targets measure it. */
#define MK_LIMIT_MEMORY (128ull << 20)

/* What a runner's job holds beside that: a module's code (a larger one is unpacked without the
 * runner), and LZMA's state with a dictionary of 16 KiB. */
#define MK_LIMIT_JOB_CODE (1u << 20)
#define MK_LIMIT_JOB      (2u << 20)

/* Places of a file that look like firmware, when it is searched, and partitions with code that they
 * lead to: some hundred in real files. */
#define MK_LIMIT_SCAN 4096u

/* The keys that manifests carry: RSA of 2048 to 4096 bits, in dwords. */
#define MK_LIMIT_KEY_DWORDS 0x80

/* Regions and masters of a descriptor: FLREG0-15, FLMSTR1-6. */
#define MK_LIMIT_REGIONS 16
#define MK_LIMIT_MASTERS 6

/* The smallest chip that a descriptor can name. */
#define MK_SMALLEST_CHIP 0x80000u

/* A descriptor is 4 KiB; Meteor Lake's carry more sections: 16 KiB. Some tools keep the 2 KiB below
 * the VSCC table and the upper map. */
#define MK_DESCRIPTOR_SIZE       0x1000u
#define MK_DESCRIPTOR_SIZE_SMALL 0x800u
#define MK_DESCRIPTOR_SIZE_LARGE 0x4000u

#endif
