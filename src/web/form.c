#include "web/form.h"
#include "base/money.h"
#include "base/str.h"

#include <stdlib.h>

/* What is wrong with one value, or nothing: MSG_NONE. */
struct verdict { enum msg msg; int64_t limit; };
#define FINE (struct verdict){ MSG_NONE, 0 }
#define BAD(m) (struct verdict){ m, 0 }
#define LIMIT(m, v) (struct verdict){ m, (v) }

const struct form no_form = { .name = "no_form" };

void form_refuse(struct form_errors *err, const char *field, enum msg msg, int64_t limit)
{
	if (err->n < FORM_ERRORS_MAX)
		err->e[err->n++] = (struct form_error){ .field = field, .msg = msg, .limit = limit };
}

void form_refuse_line(struct form_errors *err, const char *field, enum msg msg, size_t line)
{
	if (err->n < FORM_ERRORS_MAX)
		err->e[err->n++] = (struct form_error){ .field = field, .msg = msg, .line = line };
}

void form_refuse_about(struct form_errors *err, const char *field, enum msg msg, const char *name)
{
	if (err->n < FORM_ERRORS_MAX)
		err->e[err->n++] = (struct form_error){ .field = field, .msg = msg, .about = name };
}

static bool kind_fits(enum form_type t, enum input_kind k)
{
	switch (k) {
	case INPUT_FORM:   return t != FORM_FILE;
	case INPUT_STRING: return t != FORM_INT && t != FORM_MONEY && t != FORM_PERCENT && t != FORM_CHECK;
	case INPUT_NUMBER: return t == FORM_INT || t == FORM_MONEY || t == FORM_PERCENT || t == FORM_IDS;
	case INPUT_BOOL:   return t == FORM_CHECK;
	case INPUT_FILE:   return t == FORM_FILE;
	default:           return false;
	}
}

static struct verdict clean(const struct form_row *d, const struct input_field *f)
{
	if (!kind_fits(d->type, f->kind))
		return BAD(MSG_field_type);
	if (memchr(f->value, 0, f->n))
		return BAD(MSG_field_control);
	if (!str_utf8(f->value, f->n))
		return BAD(MSG_field_encoding);
	return str_control(f->value, d->type == FORM_LINES) ? BAD(MSG_field_control) : FINE;
}

/* Browsers send CR LF for a new line. */
static const char *unix_lines(struct arena *a, const char *s)
{
	char *to = arena_strdup(a, s), *p = to;

	for (; *s; s++)
		if (s[0] != '\r' || s[1] != '\n')
			*p++ = *s;
	*p = 0;
	return to;
}

static struct verdict read_text(const struct form_row *d, const char *s, char *at)
{
	int64_t n = (int64_t)str_chars(s), max = d->max ? d->max : d->type == FORM_LINES ? LINES_MAX : TEXT_MAX;

	if (n > max)
		return LIMIT(MSG_field_too_long, max);
	if (n < d->min)
		return LIMIT(MSG_field_too_short, d->min);
	enum msg wrong = d->check ? d->check(s) : MSG_NONE;
	if (wrong)
		return BAD(wrong);
	*(const char **)at = s;
	return FINE;
}

static struct verdict in_range(const struct form_row *d, int64_t v)
{
	bool money = d->type == FORM_MONEY;
	int64_t max = d->max ? d->max : money ? MONEY_MAX : INT64_MAX;

	if (v < d->min)
		return LIMIT(money ? MSG_field_amount_small : MSG_field_too_small, d->min);
	return v > max ? LIMIT(money ? MSG_field_amount_big : MSG_field_too_big, max) : FINE;
}

static struct verdict read_int(const struct form_row *d, const char *s, char *at)
{
	int64_t v;

	if (!str_i64(s, &v))
		return BAD(MSG_field_number);
	struct verdict r = in_range(d, v);
	if (!r.msg)
		*(int64_t *)at = v;
	return r;
}

/* "12.30", "-12.30" */
static bool parse_signed(const char *s, struct money *m)
{
	if (!money_parse(s + (*s == '-'), m))
		return false;
	if (*s == '-')
		*m = money_neg(*m);
	return true;
}

static struct verdict read_money(const struct form_row *d, const struct input_field *f, const char *s, char *at)
{
	struct money m;

	if (f->kind == INPUT_NUMBER ? !str_i64(s, &m.fen) : !parse_signed(s, &m))
		return BAD(MSG_field_number);
	struct verdict r = in_range(d, m.fen);
	if (!r.msg)
		*(struct money *)at = m;
	return r;
}

/* "12.5" is 125 per mille. */
static struct verdict read_percent(const struct form_row *d, const struct input_field *f, const char *s, char *at)
{
	struct money m;
	int64_t v;

	if (f->kind == INPUT_NUMBER ? !str_i64(s, &v) : !parse_signed(s, &m) || m.fen % 10)
		return BAD(MSG_field_percent);
	if (f->kind != INPUT_NUMBER)
		v = m.fen / 10;
	if (v < d->min || (d->max && v > d->max))
		return LIMIT(v < d->min ? MSG_field_too_small : MSG_field_too_big, (v < d->min ? d->min : d->max) / 10);
	*(int64_t *)at = v;
	return FINE;
}

static struct verdict read_enum(const struct form_row *d, const char *s, char *at)
{
	int v = enum_of(d->def, s, strlen(s));

	if (!v)
		return BAD(MSG_field_choice);
	*(int *)at = v;
	return FINE;
}

static struct verdict read_value(const struct form_row *d, struct arena *a, const struct input_field *f, char *at)
{
	const char *said = str_trim(a, f->value), *s = d->type == FORM_LINES ? unix_lines(a, f->value) : d->verbatim ? f->value : said;

	if (!*(d->type == FORM_LINES ? said : s))
		return d->optional ? FINE : BAD(MSG_field_required);
	switch (d->type) {
	case FORM_TEXT: case FORM_LINES: return read_text(d, s, at);
	case FORM_INT:   return read_int(d, s, at);
	case FORM_MONEY: return read_money(d, f, s, at);
	case FORM_PERCENT: return read_percent(d, f, s, at);
	case FORM_DATE:  return date_parse(s, (struct date *)at) ? FINE : BAD(MSG_field_date);
	case FORM_ENUM:  return read_enum(d, s, at);
	case FORM_CHECK: *(bool *)at = !str_eq(s, "0"); return FINE;
	default:          abort();
	}
}

static struct verdict add_id(const char *s, uint64_t *to) { return str_u64(s, to) && *to ? FINE : BAD(MSG_field_number); }

/* Empty ones are left out: a row of check boxes often comes with an empty hidden field. */
static struct verdict read_list(const struct form_row *d, struct arena *a, const struct input *in, size_t count, char *at)
{
	const size_t max = d->max ? (size_t)d->max : LIST_MAX;
	uint64_t *id = ARENA_ARRAY(a, uint64_t, count);
	const char **text = ARENA_ARRAY(a, const char *, count);
	size_t n = 0;

	for (size_t i = 0; i < in->n; i++) {
		const struct input_field *f = &in->f[i];
		if (!str_eq(f->name, d->name) || !f->n)
			continue;
		struct verdict r = clean(d, f);
		if (!r.msg)
			r = d->type == FORM_IDS ? add_id(f->value, &id[n]) : read_text(&(struct form_row){ 0 }, f->value, (char *)&text[n]);
		if (r.msg)
			return r;
		n++;
	}
	if (n > max)
		return LIMIT(MSG_field_too_many, (int64_t)max);
	if ((int64_t)n < d->min)
		return BAD(MSG_field_required);
	if (d->type == FORM_IDS)
		*(struct ids *)at = (struct ids){ id, n };
	else
		*(struct texts *)at = (struct texts){ text, n };
	return FINE;
}

/* Bytes as they came: what they are is for the handler to see. */
static struct verdict read_file(const struct form_row *d, const struct input_field *f, char *at)
{
	if (!kind_fits(d->type, f->kind))
		return BAD(MSG_field_file);
	if (!f->n)
		return d->optional ? FINE : BAD(MSG_field_required);
	if ((int64_t)f->n > d->max)
		return LIMIT(MSG_field_file_big, d->max >> 10);
	*(struct bytes *)at = (struct bytes){ f->value, f->n };
	return FINE;
}

static struct verdict read_field(const struct form_row *d, struct arena *a, const struct input *in, char *at)
{
	size_t count;
	const struct input_field *f = input_find(in, d->name, &count);

	if (d->type == FORM_IDS || d->type == FORM_TEXTS)
		return read_list(d, a, in, count, at);
	if (!f)
		return d->optional ? FINE : BAD(MSG_field_required);
	if (count > 1)
		return BAD(MSG_field_repeated);
	if (d->type == FORM_FILE)
		return read_file(d, f, at);
	struct verdict r = clean(d, f);
	return r.msg ? r : read_value(d, a, f, at);
}

static struct verdict read_row(const struct form_row *d, struct arena *a, const struct input *in, char *at)
{
	struct verdict r = read_field(d, a, in, at);

	return !r.msg && d->must && !*(bool *)at ? (struct verdict){ d->must, 0 } : r;
}

const char *form_dot(struct arena *a, size_t n) { return n > 1 ? arena_printf(a, ".%zu", n) : ""; }

const char *form_name(struct arena *a, const char *name, size_t n) { return n > 1 ? arena_printf(a, "%s.%zu", name, n) : name; }

/* The number of the item that a field belongs to, if it is one of this form's; else 0. */
static size_t item_of(const struct form *f, const char *field)
{
	size_t n = strcspn(field, "."), len = strlen(field);
	uint64_t item = 1;

	if (field[n] && (!str_u64(field + n + 1, &item) || item < 2 || item > LIST_MAX || field[n + 1] == '0' || len - n > 4))
		return 0;
	for (size_t i = 0; i < f->n; i++)
		if (!strncmp(f->fields[i].name, field, n) && !f->fields[i].name[n])
			return item;
	return 0;
}

static void read_rows(const struct form *f, size_t item, struct arena *a, const struct input *in, char *to, struct form_errors *err);

static struct verdict read_items(const struct form_row *d, struct arena *a, const struct input *in, char *at, struct form_errors *err)
{
	const size_t max = d->max ? (size_t)d->max : LIST_MAX;
	size_t n = 0;

	for (size_t i = 0; i < in->n; i++) {
		size_t item = item_of(d->of, in->f[i].name);
		n = item > n ? item : n;
	}
	if (n > max)
		return LIMIT(MSG_field_too_many, (int64_t)max);
	if ((int64_t)n < d->min)
		return BAD(MSG_field_required);
	char *v = arena_array(a, n, d->of->size);
	for (size_t i = 0; i < n; i++)
		read_rows(d->of, i + 1, a, in, v + i * d->of->size, err);
	*(struct items *)at = (struct items){ v, n };
	return FINE;
}

static void read_rows(const struct form *f, size_t item, struct arena *a, const struct input *in, char *to, struct form_errors *err)
{
	for (size_t i = 0; i < f->n; i++) {
		struct form_row d = f->fields[i];
		d.name = form_name(a, d.name, item);
		struct verdict r = d.type == FORM_ITEMS ? read_items(&d, a, in, to + d.off, err) : read_row(&d, a, in, to + d.off);
		if (r.msg)
			form_refuse(err, d.name, r.msg, r.limit);
	}
}

void *form_read(const struct form *f, struct arena *a, const struct input *in, struct form_errors *err)
{
	char *to = arena_alloc(a, f->size);

	read_rows(f, 1, a, in, to, err);
	return to;
}
