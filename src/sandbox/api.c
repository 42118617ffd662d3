#include "sandbox/api.h"

#include "base/str.h"
#include "crypto/hash.h"
#include "sandbox/sandbox.h"

enum { NUMBER_BELOW = 100000000, CREDIT_CODE = 18, TOTAL_BELOW = 1000000 };

/* The same picture reads the same. */
static void write_invoice(const char *seen, struct out *o)
{
	unsigned char digest[SHA256_SIZE];
	uint32_t number, total;

	hash_sha256(seen, strlen(seen), digest);
	memcpy(&number, digest, sizeof number);
	memcpy(&total, digest + sizeof number, sizeof total);
	total %= TOTAL_BELOW;
	out_printf(o, "{\"code\":0,\"kind\":\"vat_invoice\",\"fields\":{\"number\":{\"text\":\"%08u\",\"confidence\":0.998},", number % NUMBER_BELOW);
	out_printf(o, "\"total\":{\"text\":\"%u.%02u\",\"confidence\":0.996}}}\n", total / 100, total % 100);
}

void api_invoice(struct visit *v)
{
	struct input in = { 0 };
	bool read = v->r->method != METHOD_POST || input_body(v->sb->a, v->r, &in) == RC_OK;
	const char *url = input_text(&in, "url"), *seen = *url ? url : input_text(&in, "image");

	out_lit(&v->ans->head, "Content-Type: application/json; charset=utf-8\r\n");
	v->ans->status = read && *seen ? 200 : 400;
	if (v->ans->status == 200)
		write_invoice(seen, &v->ans->body);
	else
		out_lit(&v->ans->body, "{\"code\":40001,\"message\":\"图片无法读取\"}\n");
}

/* A company whose code has the right length is one. */
void api_verify(struct visit *v)
{
	const char *code = input_text(&v->query, "code");
	bool asked = *input_text(&v->query, "name") && *code, known = strlen(code) == CREDIT_CODE;

	out_lit(&v->ans->head, "Content-Type: application/json; charset=utf-8\r\n");
	v->ans->status = !asked ? 400 : known ? 200 : 404;
	if (v->ans->status == 200)
		out_lit(&v->ans->body, "{\"match\":true,\"status\":\"存续\"}\n");
	else
		out_str(&v->ans->body, asked ? "{\"message\":\"查无此企业\"}\n" : "{\"message\":\"缺少参数\"}\n");
}
