/* Any form, query or JSON object: what the form accepts lies in the bounds of its rows, everything else has its error.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/money.h"
#include "base/str.h"
#include "web/form.h"

struct trial {
	const char *name, *memo;
	int64_t n;
	struct money price;
	struct date day;
	enum order_state state;
	bool agreed;
	struct ids ids;
	struct texts options;
};
FORM(trial_form, struct trial,
	TEXT(struct trial, name, .min = 2, .max = 5),
	LINES(struct trial, memo, .max = 10),
	INT(struct trial, n, .min = -3, .max = 100),
	MONEY(struct trial, price, .min = 1),
	DATE(struct trial, day),
	ENUM(struct trial, state, order_state),
	CHECK(struct trial, agreed),
	IDS(struct trial, ids, .max = 3),
	TEXTS(struct trial, options, .max = 3))

static bool refused(const struct form_errors *e, const char *field)
{
	for (size_t i = 0; i < e->n; i++)
		if (str_eq(e->e[i].field, field))
			return true;
	return false;
}

static void text(const char *s, const struct form_errors *e, const char *field, size_t min, size_t max)
{
	assert(!s == refused(e, field));
	assert(!s ||
	       (str_utf8(s, strlen(s)) && str_chars(s) >= min && str_chars(s) <= max && !str_control(s, max > 5)));
}

static void check(const struct input *in)
{
	struct form_errors e = { 0 };
	const struct trial *t = form_read(&trial_form, &fuzz_arena, in, &e);

	assert(in->n <= INPUT_FIELDS_MAX && e.n <= trial_form.n);
	text(t->name, &e, "name", 2, 5);
	text(t->memo, &e, "memo", 1, 10);
	assert(t->n >= -3 && t->n <= 100);
	assert(refused(&e, "price") ? t->price.fen == 0 : t->price.fen >= 1 && t->price.fen <= MONEY_MAX);
	assert(refused(&e, "state") ? t->state == 0 : t->state >= 1 && (int)t->state <= order_state_n);
	assert(t->ids.n <= 3 && t->options.n <= 3);
	for (size_t i = 0; i < t->ids.n; i++)
		assert(t->ids.v[i]);
}

FUZZ(p, n)
{
	struct input *in = ARENA_NEW(&fuzz_arena, struct input);

	if (input_urlencoded(&fuzz_arena, (const char *)p, n, in) == RC_OK)
		check(in);
	in->n = 0;
	if (input_json(&fuzz_arena, (const char *)p, n, in) == RC_OK)
		check(in);
}
