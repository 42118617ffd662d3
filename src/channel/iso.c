#include "channel/iso.h"

#include <stdio.h>

#include "base/str.h"
#include "base/time.h"
#include "xml/dsig.h"

static bool look_open(void *ctx, const char *ns, const char *name, const struct xml_attribute *at, size_t at_n, long line)
{
	static const struct { const char *ns; enum iso_kind kind; } kinds[] = {
		{ "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", ISO_CAMT_053 },
		{ "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08", ISO_CAMT_054 },
		{ "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10", ISO_PAIN_002 },
	};
	struct iso_look *look = ctx;

	(void)at, (void)at_n, (void)line;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && str_eq(name, "Document"); i++)
		if (str_eq(ns, kinds[i].ns) && !look->kind)
			look->kind = kinds[i].kind;
	look->is_signed = look->is_signed || (str_eq(ns, DSIG_NS) && str_eq(name, "Signature"));
	return true;
}

static bool look_text(void *ctx, const char *s, size_t n)
{
	(void)ctx, (void)s, (void)n;
	return true;
}

static bool look_close(void *ctx)
{
	(void)ctx;
	return true;
}

static void tell_fault(struct schema_fault *to, const struct xml_fault *xml)
{
	*to = (struct schema_fault){ xml->why, "", xml->line };
}

enum rc iso_look(struct bytes body, struct iso_look *out, struct schema_fault *fault)
{
	static const struct xml_events events = { look_open, look_text, look_close };
	struct xml_fault xml;

	*out = (struct iso_look){ 0 };
	enum rc rc = xml_stream(body, &events, out, &xml);
	tell_fault(fault, &xml);
	return rc;
}

enum rc iso_open(struct arena *a, const struct iso_source *from, struct iso_document *d, struct schema_fault *fault)
{
	struct xml_fault xml = { 0 };
	enum rc rc = RC_OK;

	*d = (struct iso_document){ .source = { .body = from->body } };
	if (from->keys) {
		rc = xml_tree_read(from->body, &d->tree, &xml);
		if (rc == RC_OK)
			rc = dsig_verify(a, d->tree, from->keys, from->keys_n, &xml);
		d->source.tree = d->tree;
	}
	tell_fault(fault, &xml);
	if (rc != RC_OK)
		iso_close(d);
	return rc;
}

void iso_close(struct iso_document *d)
{
	xml_tree_free(d->tree);
	d->tree = NULL;
}

/* Microseconds east of UTC; the platform's when none is named. */
static int64_t zone_us(const char *s)
{
	int hour, minute;

	if (*s == 'Z')
		return 0;
	if ((*s != '+' && *s != '-') || sscanf(s + 1, "%2d:%2d", &hour, &minute) != 2)
		return time_zone_seconds() * SECOND_US;
	return (*s == '-' ? -1 : 1) * (hour * HOUR_US + minute * MINUTE_US);
}

enum { YEAR_MIN = 1970, YEAR_MAX = 2199 };	/* of instants that say something */

struct instant iso_instant(const char *s)
{
	struct civil c = { 0 };
	int scale = 100000;

	if (sscanf(s, "%4d-%2d-%2dT%2d:%2d:%2d", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second) != 6 ||
	    c.year < YEAR_MIN || c.year > YEAR_MAX)
		return (struct instant){ 0 };
	s += strlen("2026-11-21T10:23:04");
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++, scale /= 10)
			c.us += (*s - '0') * scale;
	return instant_add(civil_instant(c), time_zone_seconds() * SECOND_US - zone_us(s));
}

struct date iso_date(const char *s)
{
	char day[sizeof "2026-11-21"] = "";
	struct date d = { 0 };

	if (strchr(s, 'T')) {
		struct instant t = iso_instant(s);
		return t.us ? date_of(t) : d;
	}
	strncat(day, s, sizeof day - 1);
	return date_parse(day, &d) ? d : (struct date){ 0 };
}
