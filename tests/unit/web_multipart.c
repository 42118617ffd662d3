/* Forms with files. */
#include "base/str.h"
#include "unit.h"
#include "web/form.h"
#include "web/multipart.h"

#define TYPE "multipart/form-data; boundary=----Form1"
#define PART(head) "------Form1\r\nContent-Disposition: form-data; " head "\r\n"
#define END "------Form1--\r\n"

static struct input *fields;

static enum rc take(const char *type, const char *body, size_t n)
{
	fields = ARENA_NEW(&unit_arena, struct input);
	return input_multipart(&unit_arena, type, body, n, fields);
}
#define TAKE(body) take(TYPE, body, sizeof(body) - 1)

TEST(multipart_good, "IFC-3 fields and files come out as they were put in, whatever bytes a file has")
{
	assert_int_equal(TAKE(PART("name=\"title\"") "\r\n云市\r\n"
		PART("name=\"file\"; filename=\"a.png\"") "Content-Type: image/png\r\n\r\nab\0\r\n--x\r\n" "\r\n" PART("name=\"none\"; filename=\"\"") "\r\n\r\n" END), RC_OK);
	assert_int_equal(fields->n, 3);
	assert_string_equal(fields->f[0].name, "title");
	assert_string_equal(fields->f[0].value, "云市");
	assert_int_equal(fields->f[0].kind, INPUT_FORM);
	assert_int_equal(fields->f[1].kind, INPUT_FILE);
	assert_int_equal(fields->f[1].n, 10);
	assert_memory_equal(fields->f[1].value, "ab\0\r\n--x\r\n", 10);
	assert_int_equal(fields->f[2].n, 0);
	assert_int_equal(take("Multipart/Form-Data; charset=utf-8; boundary=\"Form1\"", "--Form1--", 9), RC_OK);
}

TEST(multipart_refused, "IFC-3 what no browser sends is refused")
{
	static const struct { const char *type, *body; } bad[] = {
		{ "multipart/form-data", "--a--" }, { "multipart/form-data; boundary=", "----" }, { "multipart/form-data; boundary=a\"b", "--a\"b--" },
		{ "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		  "--aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa--" },
		{ TYPE, "" }, { TYPE, "hello\r\n" END }, { TYPE, END "more" }, { TYPE, PART("name=\"a\"") "\r\nvalue" }, { TYPE, PART("name=\"a\"") "value\r\n" END },
		{ TYPE, PART("name=\"\"") "\r\nx\r\n" END }, { TYPE, PART("filename=\"a\"") "\r\nx\r\n" END }, { TYPE, PART("name=\"a\"; name=\"b\"") "\r\nx\r\n" END },
		{ TYPE, PART("name=\"a") "\r\nx\r\n" END }, { TYPE, PART("name=a") "\r\nx\r\n" END },
		{ TYPE, PART("name=\"a\"") "Content-Transfer-Encoding: base64\r\n\r\nx\r\n" END },
		{ TYPE, PART("name=\"a\"") "Content-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n" END },
		{ TYPE, "------Form1\r\nContent-Type: text/plain\r\n\r\nx\r\n" END }, { TYPE, PART("name=\"a\"") "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\nx\r\n" END },
		{ TYPE, PART("name=\"a\"") "\r\nx\r\n------Form1\n" },
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (take(bad[i].type, bad[i].body, strlen(bad[i].body)) != RC_MALFORMED)
			fail_msg("%zu: %s", i, bad[i].body);
}

TEST(multipart_many, "IFC-3 more fields than a form may have, and a header without end, are refused")
{
	char *many = arena_alloc(&unit_arena, 1 << 20), *at = many;
	static const char part[] = PART("name=\"a\"") "\r\nx\r\n";

	for (int i = 0; i <= INPUT_FIELDS_MAX; i++, at += sizeof part - 1)
		memcpy(at, part, sizeof part - 1);
	memcpy(at, END, sizeof END);
	assert_int_equal(take(TYPE, many, strlen(many)), RC_MALFORMED);
	memset(many, 'x', 4000);
	memcpy(many, "------Form1\r\n", 13);
	memcpy(many + 3990, "\r\n\r\n\r\n" END, 6 + sizeof END);
	assert_int_equal(take(TYPE, many, strlen(many)), RC_MALFORMED);
}

struct upload { struct bytes file; };
FORM(upload_form, struct upload, UPLOAD(struct upload, file, .max = 2048))

static enum msg refused(const char *body, size_t n, const char *type)
{
	struct form_errors err = { 0 };

	if (type)
		assert_int_equal(take(type, body, n), RC_OK);
	else {
		fields = ARENA_NEW(&unit_arena, struct input);
		assert_int_equal(input_urlencoded(&unit_arena, body, n, fields), RC_OK);
	}
	const struct upload *u = form_read(&upload_form, &unit_arena, fields, &err);
	assert_int_equal(err.n, u->file.n ? 0 : 1);
	return err.n ? err.e[0].msg : MSG_NONE;
}

TEST(multipart_form, "IFC-3 a file's field takes a file of a size, and nothing else")
{
	char *big = arena_alloc(&unit_arena, 8192);
	static const char head[] = PART("name=\"file\"; filename=\"a\"") "\r\n";

	memset(big, 'x', 4096);
	memcpy(big, head, sizeof head - 1);
	memcpy(big + 4096, "\r\n" END, sizeof END + 2);
	assert_int_equal(refused(big, strlen(big), TYPE), MSG_field_file_big);
#define SEND(body) refused(body, sizeof(body) - 1, TYPE)
	assert_int_equal(SEND(PART("name=\"file\"; filename=\"a\"") "\r\n\0\xff\r\n" END), MSG_NONE);
	assert_int_equal(SEND(PART("name=\"file\"; filename=\"\"") "\r\n\r\n" END), MSG_field_required);
	assert_int_equal(SEND(PART("name=\"file\"") "\r\ntext\r\n" END), MSG_field_file);
	assert_int_equal(refused("file=text", 9, NULL), MSG_field_file);
}
