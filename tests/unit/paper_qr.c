#include "unit.h"
#include "paper/qr.h"

TEST(qr_document, "MON-5 the code is a whole SVG document without script or anything from elsewhere")
{
	struct out o = { 0 };

	assert_int_equal(qr_svg(&o, "weixin://wxpay/bizpayurl?pr=db5f3fe41653134a"), RC_OK);
	out_bytes(&o, "", 1);
	assert_ptr_equal(strstr(o.p, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 41 41\""),
		o.p);	/* version 4: 33 modules and the quiet zone */
	assert_non_null(strstr(o.p, "M4 4h7v1h-7z"));	/* the top of the finder at the upper left */
	assert_non_null(strstr(o.p, "M30 4h7v1h-7z"));
	assert_string_equal(o.p + strlen(o.p) - 7, "</svg>\n");
	out_free(&o);
}

TEST(qr_too_long, "MON-5 a text that no code can hold is refused")
{
	char *text = arena_alloc(&unit_arena, 8001);
	struct out o = { 0 };

	memset(text, 'x', 8000);
	assert_int_equal(qr_svg(&o, text), RC_INVALID);
	assert_int_equal(o.n, 0);
	out_free(&o);
}
