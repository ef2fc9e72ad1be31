/* SPDX-License-Identifier: MIT */
/* Includes all of libmekit. Each room builds on the rooms above it:
 *
 *   base     errors, spans of bytes, text that may be printed
 *   codec    digests, RSA, LZMA, Huffman
 *   format   structures of the flash, one in each header
 *   image    recognises a whole file: call mk_image_recognise first
 *   verify   links between hashes and the bytes that they cover
 *   inspect  findings: what is wrong or odd, and which operations that forbids
 *   action   plans: every edit as data before a byte changes (see plan.h)
 *
 * No function keeps global state, prints, or ends the process. Threads may work on different images
 * at the same time; several threads work on one image only through a runner (runner.h). The caller
 * frees memory where a header says so. A span only borrows bytes, so the bytes must outlive
 * everything that was recognised in them. */
#ifndef MEKIT_MEKIT_H
#define MEKIT_MEKIT_H

#include <mekit/base/api.h>
#include <mekit/base/arith.h>
#include <mekit/base/crc.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>
#include <mekit/base/range.h>
#include <mekit/base/runner.h>
#include <mekit/base/sorted.h>
#include <mekit/base/span.h>
#include <mekit/base/text.h>
#include <mekit/base/version.h>

#include <mekit/codec/digest.h>
#include <mekit/codec/huffman.h>
#include <mekit/codec/lzma.h>
#include <mekit/codec/rsa.h>

#include <mekit/format/bpdt.h>
#include <mekit/format/cpd.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/extension.h>
#include <mekit/format/fpt.h>
#include <mekit/format/host/fit.h>
#include <mekit/format/host/gbe.h>
#include <mekit/format/key.h>
#include <mekit/format/layout.h>
#include <mekit/format/llut.h>
#include <mekit/format/manifest.h>
#include <mekit/format/mfs/configuration.h>
#include <mekit/format/mfs/home.h>
#include <mekit/format/mfs/mfs.h>
#include <mekit/format/mme.h>
#include <mekit/format/name.h>
#include <mekit/format/platform.h>
#include <mekit/format/strap.h>
#include <mekit/format/structure.h>
#include <mekit/format/tag.h>

#include <mekit/image/extent.h>
#include <mekit/image/file_system.h>
#include <mekit/image/firmware.h>
#include <mekit/image/fmap.h>
#include <mekit/image/image.h>
#include <mekit/image/scan.h>
#include <mekit/image/signature.h>
#include <mekit/image/unpack.h>

#include <mekit/verify/boot.h>
#include <mekit/verify/catalogue.h>
#include <mekit/verify/verify.h>

#include <mekit/inspect/boot_guard.h>
#include <mekit/inspect/finding.h>
#include <mekit/inspect/inspect.h>
#include <mekit/inspect/state.h>

#include <mekit/action/compare.h>
#include <mekit/action/descriptor_edit.h>
#include <mekit/action/extract.h>
#include <mekit/action/insert.h>
#include <mekit/action/minimum.h>
#include <mekit/action/plan.h>
#include <mekit/action/regions.h>
#include <mekit/action/relocate.h>
#include <mekit/action/seal.h>
#include <mekit/action/set.h>
#include <mekit/action/soft_disable.h>
#include <mekit/action/strip.h>
#include <mekit/action/unlock.h>
#include <mekit/action/update.h>

#endif
