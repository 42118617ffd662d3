#ifndef PAPER_QR_H
#define PAPER_QR_H
#include "base/out.h"
#include "base/rc.h"

/* The QR code of a text as a whole SVG document: black on white with the quiet zone that scanners need, in any size.
 * RC_INVALID: no code can hold it. */
MUST_USE enum rc qr_svg(struct out *o, const char *text);
#endif
