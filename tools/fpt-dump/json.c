/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "facts/facts.h"
#include "look.h"
#include "mfs/mfs.h"
#include "report.h"

/* Adds the state's words and the missing partitions. */
static void put_state(json_t *object, const struct mk_image *image) {
    struct mk_state state;
    const char *name;
    size_t i = 0;
    json_t *names = json_array(), *removed = json_array();
    if (!mk_state_read(image, &state, NULL)) {
        json_decref(names);
        names = report_lack();
    } else {
        while ((name = mk_state_name(&state, &i)))
            json_array_append_new(names, json_string(name));
        for (unsigned k = 0; k < state.missing.n; k++)
            json_array_append_new(removed, json_string(state.missing.names[k]));
    }
    json_object_set_new(object, "state", names);
    json_object_set_new(object, "partitions_removed", removed);
}

static json_t *firmware_json(const struct mk_image *image) {
    char version[MK_VERSION_ROOM];
    const struct mk_firmware *f = &image->firmware;
    if (f->n_partitions == 0 && f->layout.version == MK_IFWI_NONE)
        return json_null();
    json_t *object =
        json_pack("{s:s, s:s, s:i, s:s}", "family", f->family, "version",
                  mk_version_text(f->version, version), "generation", (int)f->generation,
                  "generation_name", mk_generation_name(f->generation));
    facts_json_firmware(object, image);
    facts_json_origin(object, image);
    return object;
}

static json_t *me_json(const struct mk_image *image) {
    char text[600];
    uint64_t minimum;
    if (!dump_minimum(image, &minimum, NULL))
        return report_lack();
    json_t *object = json_pack("{s:s}", "state", mk_me_state_name(image->me));
    json_object_set_new(object, "offset",
                        image->region.n ? json_integer((json_int_t)image->region.at) : json_null());
    json_object_set_new(object, "size", json_integer((json_int_t)image->region.n));
    json_object_set_new(object, "minimum_size",
                        minimum ? json_integer((json_int_t)minimum) : json_null());
    json_object_set_new(object, "text",
                        dump_missing(image, text, sizeof text) ? json_string(text) : json_null());
    return object;
}

json_t *dump_json(const struct tool_run *run, const struct mk_image *image,
                  const struct mk_findings *findings) {
    json_t *object = report_start(run->tool);
    json_object_set_new(object, "input", report_input(&run->inputs[0], image));
    put_state(object, image);
    json_object_set_new(object, "descriptor",
                        image->has_descriptor ? dump_json_descriptor(image) : json_null());
    json_object_set_new(object, "me", me_json(image));
    json_object_set_new(object, "firmware", firmware_json(image));
    dump_json_firmware(object, image);
    mfs_json(object, image, dump_names(run));
    facts_json_host(object, image, dump_identity(run));
    json_object_set_new(object, "problem",
                        image->problem.code ? report_error(&image->problem) : json_null());
    json_object_set_new(object, "findings", look_json(findings));
    json_object_set_new(object, "remarks", dump_remarks(image));
    return object;
}
