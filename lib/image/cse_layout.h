/* Private to lib/image: recognises regions of CSME 12+ (layout tables of IFWI 1.6 and 1.7) and the
 * IFWI 2.0 of TXE 3/4, which have no $FPT at their start. */
#ifndef MEKIT_IMAGE_CSE_LAYOUT_H
#define MEKIT_IMAGE_CSE_LAYOUT_H

#include <mekit/base/span.h>

bool cse_layout_is_at(struct mk_span region);

#endif
