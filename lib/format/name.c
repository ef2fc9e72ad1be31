/* SPDX-License-Identifier: MIT */
#include <mekit/format/name.h>

#include <string.h>

#define NAME_SIZE 4u

/* padded with NUL */
static const char names[][NAME_SIZE + 1] = {
    /* ME 2 to 11, TXE 1 and 2, SPS 2 to 4 */
    "ACDS", "BIAL", "BIEL", "BIIS", "CODE", "DLMP", "EFFS", "FAD0", "FAD1", "FCP", "FCRS", "FLOG",
    "FOVD", "FPTB", "FTPM", "FTPR", "FTUP", "GLUT", "IGRT", "IPTS", "ISHC", "IVBP", "LOCL", "LPBK",
    "MDES", "MDMV", "MFS", "MFSB", "NFTP", "OPR1", "OPR2", "PSVN", "RCVY", "ROMB", "STOK", "TMNN",
    "UTOK", "WCOD",
    /* their quotas */
    "NVAL", "NVCL", "NVCM", "NVCP", "NVHM", "NVJC", "NVKR", "NVNF", "NVOS", "NVQS", "NVSH", "NVSM",
    "NVTD", "NVTP", "NVUK", "NVUP", "NVVE",
    /* data partitions of CSME 12 and later */
    "CDMD", "EFS", "ELOG", "FITC", "GSCD", "GSCI", "HVMP", "IMDP", "RSTR", "UEP",
    /* boot partitions */
    "ADSP", "DPHY", "GBST", "GTGP", "HBMI", "HUCP", "IBBP", "IOMP", "ISIC", "ISIF", "IUNM", "IUNP",
    "IPUM", "MDFI", "MFTP", "MGPP", "NPHY", "NVMC", "OBBP", "OEMP", "OMSM", "PAVP", "PCHC", "PHYP",
    "PLTS", "PMCP", "PPHY", "PSEP", "PUNP", "RBEP", "SAMF", "SMIP", "SPHY", "TBTP", "TCCP", "UCOD",
    "UEPB"};

const char *mk_partition_name(size_t i) {
    return i < sizeof names / sizeof *names ? names[i] : NULL;
}

static bool is_capital(uint8_t c) {
    return c >= 'A' && c <= 'Z';
}

bool mk_partition_name_is_known(const uint8_t name[4]) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (memcmp(names[i], name, NAME_SIZE) == 0)
            return true;
    return name[0] == 'N' && name[1] == 'V' && is_capital(name[2]) && is_capital(name[3]);
}
