/* SPDX-License-Identifier: MIT */
#include "dump/shown.h"

#include <fpt-dump/facts/facts.h>

TestSuite(dump_facts, .fini = check_leaks);

static void firmware(FILE *words, const struct shown *s) {
    facts_text_firmware(words, &s->image);
}

static void host(FILE *words, const struct shown *s) {
    facts_text_host(words, &s->image, false);
}

static void host_with_identity(FILE *words, const struct shown *s) {
    facts_text_host(words, &s->image, true);
}

Test(dump_facts, firmware_by_recipe) {
    static const struct {
        const char *recipe, *said, *unsaid;
    } rows[] = {
        {"good-csme16", "SKU: consumer\nwith PMCP 160.1.0.1031\n", "release"},
        {"good-csme14-lite", "SKU: Chrome\nwith PMCP 140.2.1.1009\n", "PMCP 140.2.1.1009, "},
        {"good-csme18", "with PMCP 180.0.0.1013\n", "SKU"},
        {"good-gsc", "", "release"},
        {"good-me8", "", "with"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shown s;
        shown_open(&s, rows[i].recipe);
        char *text = shown_text(&s, firmware);
        cr_expect(strstr(text, rows[i].said), "%s: %s", rows[i].recipe, text);
        cr_expect_null(strstr(text, rows[i].unsaid), "%s: %s", rows[i].recipe, text);
        free(text);
        shown_close(&s);
    }
}

/* An unknown key does not show the release; the flag for a debug key does. */
Test(dump_facts, release_by_flag) {
    struct shown s;
    shown_open(&s, "good-gsc");
    cr_expect_null(facts_release(&s.image));
    uint64_t at = s.image.firmware.boot->manifest.bytes.at;
    mk_buffer_uint(s.input.bytes, at + 0x0C, 4, 0x80000000u);
    shown_again(&s);
    cr_expect_str_eq(facts_release(&s.image), "pre-production");
    shown_close(&s);
}

static void origin(FILE *words, const struct shown *s) {
    facts_text_origin(words, &s->image);
}

Test(dump_facts, origin_by_recipe) {
    static const struct {
        const char *recipe, *said;
    } rows[] = {
        {"good-me8", "type: configured region, FIT 1.0.0.0\nsize: "},
        {"good-me11", "FIT 1.0.0.0, not production-ready, no OEM's keys\n"},
        {"good-me11-used", "type: used region, "},
        {"good-gsc", "type: configured region, FIT 102.0.0.7366, "},
        {"good-huc", "type: part, "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shown s;
        shown_open(&s, rows[i].recipe);
        char *text = shown_text(&s, origin);
        cr_expect(strstr(text, rows[i].said), "%s: %s", rows[i].recipe, text);
        free(text);
        shown_close(&s);
    }
}

/* FIT's version in the table, the first flag of the manifest, bytes after the last partition. */
Test(dump_facts, origin_by_field) {
    struct shown s;
    uint64_t end;
    shown_open(&s, "good-me11");
    const struct mk_firmware *f = &s.image.firmware;
    uint64_t table = s.image.region.at + f->fpt_base + f->fpt.at;
    mk_buffer_uint(s.input.bytes, f->boot->manifest.bytes.at + 0x0C, 4, 1);
    mk_buffer_fill(s.input.bytes, table + 0x18, 8, 0);
    cr_expect_str_eq(facts_behind(&s.image, &end), "erased");
    mk_buffer_uint(s.input.bytes, s.image.region.at + end, 1, 0);
    shown_again(&s);
    cr_expect_str_eq(facts_type(&s.image), "region");
    cr_expect_str_eq(facts_behind(&s.image, &end), "data");
    char *text = shown_text(&s, origin);
    cr_expect(strstr(text, "type: region, production-ready, no OEM's keys\n"), "%s", text);
    free(text);
    shown_close(&s);
}

Test(dump_facts, size_class_of_me_7_to_10) {
    struct shown s;
    uint64_t at = 0;
    shown_open(&s, "good-me8");
    while (at + 16 < s.input.bytes.n &&
           !mk_span_has(mk_buffer_span(s.input.bytes), at, "$SKU\4\0\0\0", 8))
        at += 4;
    cr_assert(at + 16 < s.input.bytes.n);
    mk_buffer_uint(s.input.bytes, at + 12, 1, 0x0A);
    shown_again(&s);
    char *text = shown_text(&s, firmware);
    cr_expect(strstr(text, "SKU: 5.0 MB\n"), "%s", text);
    free(text);
    shown_close(&s);
}

Test(dump_facts, identity_of_one_machine_is_left_out) {
    static const char oem[] = "ACME SN-1234567 r2 12.0.4";
    struct shown s;
    shown_open(&s, "good-full-me8");
    uint64_t gbe = s.image.descriptor.regions[MK_REGION_GBE].start;
    mk_buffer_put(s.input.bytes, gbe, "\x00\xDE\xAD\xC0\xFF\xEE", 6);
    mk_buffer_fill(s.input.bytes, MK_DESCRIPTOR_OEM, 0x100, 0);
    mk_buffer_put(s.input.bytes, MK_DESCRIPTOR_OEM, oem, sizeof oem - 1);
    shown_again(&s);
    char *text = shown_text(&s, host), *more = shown_text(&s, host_with_identity);
    cr_expect(strstr(text, "OEM section: ACME xx-xxxxxxx r2 12.0.4"), "%s", text);
    cr_expect(strstr(text, "MAC xx:xx:xx:xx:xx:xx, "), "%s", text);
    cr_expect_null(strstr(text, "de:ad"));
    cr_expect(strstr(more, "MAC 00:de:ad:c0:ff:ee, "), "%s", more);
    cr_expect(strstr(more, "SN-1234567"), "%s", more);
    free(text);
    free(more);
    shown_close(&s);
}

Test(dump_facts, boot_guard_as_text_and_json) {
    struct shown s;
    shown_open(&s, "good-full-boot-guard");
    char *text = shown_text(&s, host);
    cr_expect(strstr(text, "FIT at 0x10000, 3 entries\n"), "%s", text);
    cr_expect(strstr(text, "key manifest at 0x10060, structure 21, revision 4, SVN 2, id 9"), "%s",
              text);
    free(text);
    json_t *object = json_object();
    facts_json_host(object, &s.image, false);
    const json_t *guard = json_object_get(object, "boot_guard");
    const json_t *policy = json_object_get(guard, "boot_policy");
    cr_expect_eq(json_integer_value(json_object_get(policy, "acm_svn")), 1);
    cr_expect_str_eq(json_string_value(json_object_get(json_object_get(guard, "acm"), "date")),
                     "2019-08-15");
    json_decref(object);
    shown_close(&s);
}

Test(dump_facts, words_with_six_digits_are_blanked) {
    static const char *const rows[][2] = {
        {"", ""},
        {"12345", "12345"},
        {"123456", "xxxxxx"},
        {"a1b2c3d4e5f6", "xxxxxxxxxxxx"},
        {"8.0.12.1498", "8.0.12.1498"},
        {"00:11:22:aa:bb:cc next", "xx:xx:xx:xx:xx:xx next"},
        {"4c4c4544-0042-3010-8052-b4c04f4e4d32!", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx!"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s", rows[i][0]);
        facts_blank(text);
        cr_expect_str_eq(text, rows[i][1]);
    }
}
