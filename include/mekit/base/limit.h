/* SPDX-License-Identifier: MIT */
/* Every limit that mekit sets on the demands of an image, with its reason. */
#ifndef MEKIT_BASE_LIMIT_H
#define MEKIT_BASE_LIMIT_H

/* Bytes of an input. The largest descriptors address 2 x 64 MiB; twice that leaves room for joined
 * dumps. */
#define MK_LIMIT_INPUT (256ull << 20)

/* A classic $FPT must end before 0x400, where the lowest partition may begin: 30 entries fit; 23
 * seen. */
#define MK_LIMIT_FPT_ENTRIES 30

/* BPDT: 31 entries seen; 46 types are known. */
#define MK_LIMIT_BPDT_ENTRIES 64

/* Boot partitions that a layout table names, BP1 to BP5, each with its second table. */
#define MK_LIMIT_BOOT_TABLES 10

/* Partitions in all boot tables together: 43 seen. Each may list MK_LIMIT_CPD_ENTRIES modules. */
#define MK_LIMIT_BOOT_PARTITIONS 128

/* Errors that the library keeps for one image: nobody reads more. */
#define MK_LIMIT_ERRORS 64

/* Findings of one id that the library keeps for one image. */
#define MK_LIMIT_FINDINGS 16

/* $CPD: 70 entries seen; Intel's own tools stop at 1024. */
#define MK_LIMIT_CPD_ENTRIES 1024

/* Bytes of a manifest: 3,220 seen. */
#define MK_LIMIT_MANIFEST 0x10000u

/* Bytes of a module's metadata that the library reads: 2,400 seen. */
#define MK_LIMIT_METADATA 0x4000u

/* All modules of a partition together may cover this many times its size. In real images no two
 * modules share bytes. */
#define MK_LIMIT_COVER_TIMES 4u

/* $MME: 30 seen in one manifest. */
#define MK_LIMIT_MODULES 256

/* LLUT: 3,200 chunks seen; 64 Ki chunks of 1 KiB are 64 MiB of code, more than any flash holds. */
#define MK_LIMIT_CHUNKS 65536

/* Pages that all modules of one partition together may cover. In real images they hardly overlap.
 */
#define MK_LIMIT_PAGES (2ull * MK_LIMIT_CHUNKS)

/* A module's code, unpacked: 1.5 MiB seen. */
#define MK_LIMIT_CODE (16u << 20)

/* MFS: pages of 8 KiB; 50 seen. Chunk numbers have 16 bits, so a volume can't have more than 540
 * pages of data. */
#define MK_LIMIT_MFS_PAGES 640u

/* Low-level files that an MFS volume has places for: 1024 seen. */
#define MK_LIMIT_MFS_FILES 4096u

/* Entries of the host's firmware interface table (FIT): others have seen some 20. */
#define MK_LIMIT_FIT_ENTRIES 256u

/* Volumes of one image: the known names are MFS, AFS and MFSB, and no table lists one twice. */
#define MK_LIMIT_FILE_SYSTEMS 4

/* Records of a configuration: 202 seen. */
#define MK_LIMIT_SETTINGS 4096u

/* Records of all directories in the home directory: 206 seen. */
#define MK_LIMIT_HOME_RECORDS 4096u

/* Directories above a setting: 6 seen. */
#define MK_LIMIT_PATH_DEPTH 16u

/* Bytes that one verification may hash and unpack: this many times the image's size, plus a fixed
 * number. Real images take 3 times their size. */
#define MK_LIMIT_WORK_TIMES  16u
#define MK_LIMIT_WORK_BESIDE (64ull << 20)
#define MK_LIMIT_WORK(n)     ((uint64_t)(n)*MK_LIMIT_WORK_TIMES + MK_LIMIT_WORK_BESIDE)

/* The bytes that one signature check, and one key of a list, count for in that limit. */
#define MK_LIMIT_WORK_SIGNATURE 0x10000u
#define MK_LIMIT_WORK_KEY       0x400u

/* Memory that the library holds at a time besides the image: all tables above filled to their
 * limits (some 400 bytes for a module and its results) and one module's code. Ordinary images take
 * 8 MiB. The fuzz targets measure it. */
#define MK_LIMIT_MEMORY (128ull << 20)

/* Memory that a runner's job holds besides that: a module's code (the caller unpacks a larger one
 * without the runner), and LZMA's state with a dictionary of 16 KiB. */
#define MK_LIMIT_JOB_CODE (1u << 20)
#define MK_LIMIT_JOB      (2u << 20)

/* Places that a scan tries: places of the file that look like firmware, and partitions with code
 * that they lead to. Real files have some hundred. */
#define MK_LIMIT_SCAN 4096u

/* The keys that manifests carry: RSA of 2048 to 4096 bits, in dwords. */
#define MK_LIMIT_KEY_DWORDS 0x80

/* Regions and masters of a descriptor: FLREG0-15, FLMSTR1-6. */
#define MK_LIMIT_REGIONS 16
#define MK_LIMIT_MASTERS 6

/* Bytes of the smallest chip that a descriptor can name. */
#define MK_SMALLEST_CHIP 0x80000u

/* A descriptor has 4 KiB; Meteor Lake's has more sections and 16 KiB. Some tools keep only the 2
 * KiB before the VSCC table and the upper map. */
#define MK_DESCRIPTOR_SIZE       0x1000u
#define MK_DESCRIPTOR_SIZE_SMALL 0x800u
#define MK_DESCRIPTOR_SIZE_LARGE 0x4000u

#endif
