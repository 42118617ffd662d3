#include "paper/qr.h"

#include <qrencode.h>

enum { QUIET = 4, DARK = 1 };	/* modules around the code; the bit of a module that is black */

/* One path of horizontal strokes, a run of black modules each. */
static void strokes(struct out *o, const QRcode *code)
{
	for (int y = 0; y < code->width; y++)
		for (int x = 0, run; x < code->width; x += run) {
			const unsigned char *row = code->data + y * code->width;
			for (run = 1; x + run < code->width && (row[x + run] & DARK) == (row[x] & DARK); run++)
				;
			if (row[x] & DARK)
				out_printf(o, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
		}
}

enum rc qr_svg(struct out *o, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (!code)
		return RC_INVALID;
	int size = code->width + 2 * QUIET;
	out_printf(o, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
		      "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"", size, size, size, size);
	strokes(o, code);
	out_lit(o, "\"/></svg>\n");
	QRcode_free(code);
	return RC_OK;
}
