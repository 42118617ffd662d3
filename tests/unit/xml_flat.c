#include "unit.h"
#include "xml/flat.h"

static struct xml_flat doc;

static enum rc read_n(const char *body, size_t n) { return xml_flat_read(&unit_arena, body, n, "xml", &doc); }
static enum rc read_doc(const char *body) { return read_n(body, strlen(body)); }
static const char *value(const char *name) { return pair_value(doc.fields, doc.n, name); }

static void refused(const char *body, const char *why)
{
	assert_int_equal(read_doc(body), RC_MALFORMED);
	assert_string_equal(doc.why, why);
	assert_int_equal(doc.n, 0);
}

TEST(flat_reads, "WXP-6 fields are read in the order of the document, CDATA and text alike")
{
	assert_int_equal(read_doc("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<xml>\n "
				  "<b><![CDATA[x<&y]]></b>\n <a>1</a> <c></c><d/></xml>\n"),
			 RC_OK);
	assert_int_equal(doc.n, 4);
	assert_string_equal(doc.fields[0].name, "b");
	assert_string_equal(value("b"), "x<&y");
	assert_string_equal(value("a"), "1");
	assert_string_equal(value("c"), "");
	assert_string_equal(value("d"), "");
	assert_null(value("e"));
}

TEST(flat_decodes, "WXP-6 entities, character references and pieces of CDATA are one value")
{
	assert_int_equal(read_doc("<xml><a>1&lt;2&amp;&#x4e91;&#24066;<![CDATA[]]]]><![CDATA[>]]>\r\nz</a></xml>"),
			 RC_OK);
	assert_string_equal(value("a"), "1<2&云市]]>\nz");
}

TEST(flat_comments, "WXP-6 a comment does not cut a value")
{
	assert_int_equal(read_doc("<!-- x --><xml><!-- y --><a>P1<!-- z -->23</a></xml><!-- w -->"), RC_OK);
	assert_string_equal(value("a"), "P123");
}

TEST(flat_empty, "WXP-6 a root without fields has none")
{
	assert_int_equal(read_doc("<xml/>"), RC_OK);
	assert_int_equal(doc.n, 0);
}

TEST(flat_refuses, "WXP-6 what is not flat is refused, each for its reason")
{
	refused("<!DOCTYPE xml><xml><a>1</a></xml>", "doctype");
	refused("<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><a>&e;</a></xml>", "doctype");
	refused("<xml><a>1</a><a>1</a></xml>", "duplicate field");
	refused("<xml><a><b>1</b></a></xml>", "nested field");
	refused("<xml><a x=\"1\">1</a></xml>", "attribute or namespace");
	refused("<xml x=\"1\"><a>1</a></xml>", "attribute or namespace");
	refused("<xml xmlns=\"urn:x\"><a>1</a></xml>", "attribute or namespace");
	refused("<xml><x:a xmlns:x=\"urn:x\">1</x:a></xml>", "attribute or namespace");
	refused("<xml><x:a>1</x:a></xml>", "attribute or namespace");
	refused("<root><a>1</a></root>", "root");
	refused("<xml><?php echo 1?><a>1</a></xml>", "processing instruction");
	refused("<xml>stray<a>1</a></xml>", "text between fields");
	refused("<xml><云>1</云></xml>", "field name");
}

TEST(flat_ill_formed, "WXP-6 what is not well-formed is refused")
{
	static const char *const bodies[] = {
		"",
		" ",
		"no xml",
		"<xml>",
		"<xml><a>1</xml>",
		"<xml><a>1</b></xml>",
		"<xml></xml><xml></xml>",
		"<xml></xml>x",
		"<xml><a>&undefined;</a></xml>",
		"<xml><a>&#0;</a></xml>",
		"<xml><a>\x01</a></xml>",
		"<xml><a>1 & 2</a></xml>",
		"<xml><a><![CDATA[x</a></xml>",
		" <?xml version=\"1.0\"?><xml/>",
		"<xml",
		"<xml><a>]]></a></xml>",
	};

	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		refused(bodies[i], "not well-formed");
}

TEST(flat_encoding, "WXP-6 only UTF-8, in bytes and in what the document says of itself")
{
	assert_int_equal(read_n("<xml><a>\xd4\xc6</a></xml>", 20), RC_MALFORMED);
	assert_string_equal(doc.why, "not UTF-8");
	assert_int_equal(read_n("<xml>\0<a>1</a></xml>", 20), RC_MALFORMED);
	assert_string_equal(doc.why, "not UTF-8");
	static const char *const names[] = { "GBK", "GB18030", "UTF-16", "utf-8x", "", "ISO-8859-1", "UTF-7", "US-ASCII" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		refused(arena_printf(&unit_arena, "<?xml version=\"1.0\" encoding=\"%s\"?><xml><a>1</a></xml>",
				     names[i]),
			"encoding is not UTF-8");
	assert_int_equal(read_doc("<?xml version='1.0' encoding = 'Utf-8' ?><xml><a>encoding=GBK?></a></xml>"), RC_OK);
	assert_int_equal(read_doc("<xml><a><![CDATA[<?xml encoding=\"GBK\"?>]]></a></xml>"), RC_OK);
	refused("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"GBK\"?><xml/>", "encoding is not UTF-8");
}

TEST(flat_bounds, "WXP-6 64 KiB and 100 fields are the bounds")
{
	static char big[XML_BODY_MAX + 1];

	memset(big, ' ', sizeof big);
	memcpy(big, "<xml>", 5);
	memcpy(big + XML_BODY_MAX - 6, "</xml>", 6);
	assert_int_equal(read_n(big, XML_BODY_MAX), RC_OK);
	assert_int_equal(read_n(big, XML_BODY_MAX + 1), RC_TOO_LARGE);
	for (int n = XML_FIELDS_MAX; n <= XML_FIELDS_MAX + 1; n++) {
		struct out o = { 0 };
		out_lit(&o, "<xml>");
		for (int i = 0; i < n; i++)
			out_printf(&o, "<f%d>1</f%d>", i, i);
		out_lit(&o, "</xml>");
		assert_int_equal(read_n(o.p, o.n), n <= XML_FIELDS_MAX ? RC_OK : RC_MALFORMED);
		out_free(&o);
	}
	assert_string_equal(doc.why, "too many fields");
}

TEST(flat_writes, "WXP-3 what is written is read back, whatever the values hold")
{
	const struct pair in[] = {
		{ "a", "]]>" }, { "b", "]]]>>]]" }, { "c", "<&>'\"\n\t云" }, { "d", "" }, { "e", "x\x01y" }
	};
	struct out o = { 0 };

	xml_flat_write(&o, "xml", in, 5);
	assert_int_equal(read_n(o.p, o.n), RC_OK);
	assert_int_equal(doc.n, 5);
	for (int i = 0; i < 4; i++)
		assert_string_equal(doc.fields[i].value, in[i].value);
	assert_string_equal(value("e"), "xy");
	out_free(&o);
}

TEST(flat_writes_form, "WXP-5 the answer is spelled as the platform expects it")
{
	const struct pair in[] = { { "return_code", "SUCCESS" }, { "return_msg", "OK" } };
	struct out o = { 0 };

	xml_flat_write(&o, "xml", in, 2);
	out_bytes(&o, "", 1);
	assert_string_equal(o.p, "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></"
				 "return_msg></xml>");
	out_free(&o);
}
