#include "sandbox/api.h"

#include "base/str.h"
#include "crypto/hash.h"
#include "sandbox/sandbox.h"

enum { NUMBER_BELOW = 100000000, TOTAL_BELOW = 1000000 };

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
