/* SPDX-License-Identifier: MIT */
#include <mekit/format/descriptor.h>

const struct mk_field mk_map_fields[MK_MAP_FIELDS] = {
    [MK_MAP_SIGNATURE] = {"signature", 0x00, 4, 0, 0, "0FF0A55A"},
    [MK_MAP_FCBA] = {"FCBA", 0x04, 4, 0, 8, "FLMAP0: component section >> 4"},
    [MK_MAP_NC] = {"NC", 0x04, 4, 8, 2, "FLMAP0: chips - 1"},
    [MK_MAP_FRBA] = {"FRBA", 0x04, 4, 16, 8, "FLMAP0: region section >> 4"},
    [MK_MAP_NR] = {"NR", 0x04, 4, 24, 3, "FLMAP0: regions - 1; 0 on version 2"},
    [MK_MAP_FMBA] = {"FMBA", 0x08, 4, 0, 8, "FLMAP1: master section >> 4"},
    [MK_MAP_NM] = {"NM", 0x08, 4, 8, 3, "FLMAP1: masters"},
    [MK_MAP_FPSBA] = {"FPSBA", 0x08, 4, 16, 8, "FLMAP1: PCH straps >> 4"},
    [MK_MAP_ISL] = {"ISL", 0x08, 4, 24, 8, "FLMAP1: PCH strap dwords"},
    [MK_MAP_FLMAP2] = {"FLMAP2", 0x0C, 4, 0, 0, "the whole word"},
    [MK_MAP_FMSBA] = {"FMSBA", 0x0C, 4, 0, 8, "FLMAP2: CPU straps >> 4"},
    [MK_MAP_MSL] = {"MSL", 0x0C, 4, 8, 8, "FLMAP2: CPU strap dwords"},
    [MK_MAP_ICCRIBA] = {"ICCRIBA", 0x0C, 4, 16, 8, "FLMAP2: ICCRIBA; CSSL from Tiger Lake on"},
    [MK_MAP_CSSO] = {"CSSO", 0x0C, 4, 2, 10, "FLMAP2: CPU strap offset from Tiger Lake on"},
    [MK_MAP_FLMAP3] = {"FLMAP3", 0x10, 4, 0, 0, "descriptor revision"},
};

const struct mk_field mk_component_fields[MK_COMPONENT_FIELDS] = {
    [MK_COMPONENT_DENSITY1_OLD] = {"density 1", 0x00, 4, 0, 3, "512 KiB << code"},
    [MK_COMPONENT_DENSITY2_OLD] = {"density 2", 0x00, 4, 3, 3, "512 KiB << code"},
    [MK_COMPONENT_DENSITY1] = {"density 1", 0x00, 4, 0, 4, "512 KiB << code; F absent"},
    [MK_COMPONENT_DENSITY2] = {"density 2", 0x00, 4, 4, 4, "512 KiB << code; F absent"},
    [MK_COMPONENT_READ_CLOCK] = {"read clock", 0x00, 4, 17, 3, "code"},
    [MK_COMPONENT_FAST_READ] = {"fast read", 0x00, 4, 20, 1, "supported"},
    [MK_COMPONENT_FAST_CLOCK] = {"fast read clock", 0x00, 4, 21, 3, "code"},
    [MK_COMPONENT_WRITE_CLOCK] = {"write clock", 0x00, 4, 24, 3, "code"},
    [MK_COMPONENT_ID_CLOCK] = {"status clock", 0x00, 4, 27, 3, "code"},
    [MK_COMPONENT_DUAL_OUTPUT] = {"dual output fast read", 0x00, 4, 30, 1, "supported"},
    [MK_COMPONENT_FLILL] = {"FLILL", 0x04, 4, 0, 0, "forbidden opcodes"},
};

const struct mk_field mk_upper_fields[MK_UPPER_FIELDS] = {
    [MK_UPPER_VTBA] = {"VTBA", 0x00, 4, 0, 8, "VSCC table >> 4"},
    [MK_UPPER_VTL] = {"VTL", 0x00, 4, 8, 8, "VSCC table, dwords"},
    [MK_UPPER_MDTBA] = {"MDTBA", 0x00, 4, 16, 8, "MIP table >> 4; 0 up to SKL and LBG"},
};

const struct mk_field mk_flreg_fields[MK_FLREG_FIELDS] = {
    [MK_FLREG_BASE] = {"base", 0x00, 4, 0, 15, "first 4 KiB block"},
    [MK_FLREG_LIMIT] = {"limit", 0x00, 4, 16, 15, "last 4 KiB block"},
};
