#include "xml/schema_value.h"

#include "base/str.h"
#include "base/time.h"

#define XML_SPACE " \t\r\n"

/* Patterns of XML Schema, as far as the messages use them: characters, classes, groups, each with an optional {m,n}.  Texts
 * that have a pattern are short, so that going back costs nothing. */
struct atom { const char *p, *end; int least, most; };

static bool digit(char c) { return c >= '0' && c <= '9'; }

static int count(const char **p)
{
	int v = 0;

	while (digit(**p))
		v = 10 * v + *(*p)++ - '0';
	return v;
}

static struct atom atom_at(const char *p, const char *end)
{
	struct atom a = { p, p, 1, 1 };

	if (*p == '[')
		while (*a.end++ != ']')
			a.end += *a.end == '\\' ? 1 : 0;
	else if (*p == '(')
		while (*a.end++ != ')')
			;
	else
		a.end += *p == '\\' ? 2 : 1;
	if (a.end < end && *a.end == '{') {
		const char *q = a.end + 1;
		a.least = a.most = count(&q);
		if (*q == ',') {
			q++;
			a.most = count(&q);
		}
	}
	return a;
}

static const char *behind(const struct atom *a, const char *end)
{
	const char *p = a->end;

	if (p < end && *p == '{')
		while (*p++ != '}')
			;
	return p;
}

/* In a class: characters, ranges, and '\' before a character that stands for itself. */
static bool in_class(const struct atom *a, char c)
{
	for (const char *p = a->p + 1; p < a->end - 1; p++) {
		char from = *p == '\\' ? *++p : *p, to = from;
		if (p[1] == '-' && p + 2 < a->end - 1) {
			to = p[2];
			p += 2;
		}
		if (c >= from && c <= to)
			return true;
	}
	return false;
}

static bool matches(const char *p, const char *end, const char *s, const char *stop);

/* The atom `done` times was there already; then the rest of the pattern. */
static bool repeats(const struct atom *a, int done, const char *end, const char *s, const char *stop)
{
	bool one = s < stop && (*a->p == '[' ? in_class(a, *s) : *a->p == '\\' ? a->p[1] == *s : *a->p == *s);

	if (*a->p == '(') {
		for (const char *to = stop; to > s && done < a->most; to--)
			if (matches(a->p + 1, a->end - 1, s, to) && repeats(a, done + 1, end, to, stop))
				return true;
	} else if (one && done < a->most && repeats(a, done + 1, end, s + 1, stop)) {
		return true;
	}
	return done >= a->least && matches(behind(a, end), end, s, stop);
}

static bool matches(const char *p, const char *end, const char *s, const char *stop)
{
	if (p == end)
		return s == stop;
	struct atom a = atom_at(p, end);
	return repeats(&a, 0, end, s, stop);
}

static const char *string_wrong(const struct schema *s, const struct schema_type *t, const char *text)
{
	size_t n = t->least || t->most != SCHEMA_UNBOUNDED ? str_chars(text) : 0;
	bool one = !t->n;

	if (n < t->least || (t->most != SCHEMA_UNBOUNDED && n > t->most))
		return n < t->least ? "too short" : "too long";
	if (t->pattern && (strlen(text) > 100 || !matches(t->pattern, t->pattern + strlen(t->pattern), text, text + strlen(text))))
		return "not of its form";
	for (int i = 0; i < t->n && !one; i++)
		one = str_eq(text, s->values[t->first + i]);
	return one ? NULL : "not one of its values";
}

const char *schema_token(char *text)
{
	char *end = text + strlen(text);

	while (end > text && strchr(XML_SPACE, end[-1]))
		*--end = '\0';
	return text + strspn(text, XML_SPACE);
}

static const char *decimal_wrong(const struct schema_type *t, const char *s)
{
	bool minus = *s == '-';
	size_t whole = 0, places = 0, read = 0, zeros = 0;

	s += *s == '-' || *s == '+';
	for (; digit(*s); s++, read++)
		whole += whole || *s != '0';
	if (*s == '.')
		for (s++; digit(*s); s++, read++, places++)
			zeros = *s == '0' ? zeros + 1 : 0;
	if (!read || *s)
		return "not a decimal number";
	places -= zeros;
	if (minus && t->not_negative && (whole || places))
		return "negative";
	if (t->digits && (places > t->places || whole + places > t->digits))
		return "too many digits";
	return NULL;
}

/* Exactly n digits; -1: not so. */
static int digits(const char **s, int n)
{
	int v = 0;

	for (; n && digit(**s); n--)
		v = 10 * v + *(*s)++ - '0';
	return n ? -1 : v;
}

static bool sign(const char **s, char c)
{
	bool is = **s == c;

	*s += is;
	return is;
}

/* None, Z or +hh:mm, and then the end. */
static bool zone(const char **s)
{
	if (!**s || sign(s, 'Z'))
		return !**s;
	if (!sign(s, '+') && !sign(s, '-'))
		return false;
	int hour = digits(s, 2), minute = sign(s, ':') ? digits(s, 2) : -1;
	return hour >= 0 && minute >= 0 && minute < 60 && 60 * hour + minute <= 14 * 60 && !**s;
}

static bool year_month(const char **s, int *year, int *month)
{
	*year = digits(s, 4);
	*month = sign(s, '-') ? digits(s, 2) : -1;
	return *year > 0 && *month >= 1 && *month <= 12;
}

static bool date(const char **s)
{
	int year, month;

	if (!year_month(s, &year, &month) || !sign(s, '-'))
		return false;
	int day = digits(s, 2);
	return day >= 1 && day <= month_days(year, month);
}

static bool time_of_day(const char **s)
{
	int hour = digits(s, 2), minute = sign(s, ':') ? digits(s, 2) : -1, second = sign(s, ':') ? digits(s, 2) : -1;
	bool point = sign(s, '.'), zero = true;

	if (point && !digit(**s))
		return false;
	for (; point && digit(**s); ++*s)
		zero = zero && **s == '0';
	if (hour == 24)
		return !minute && !second && zero;
	return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

static bool boolean(const char *s) { return str_eq(s, "true") || str_eq(s, "false") || str_eq(s, "1") || str_eq(s, "0"); }

const char *schema_value_wrong(const struct schema *s, const struct schema_type *t, const char *text)
{
	const char **at = &(const char *){ text };
	int year, month;

	switch (t->kind) {
	case SCHEMA_STRING:
		return string_wrong(s, t, text);
	case SCHEMA_DECIMAL:
		return decimal_wrong(t, text);
	case SCHEMA_DATE:
		return date(at) && zone(at) ? NULL : "not a date";
	case SCHEMA_DATE_TIME:
		return date(at) && sign(at, 'T') && time_of_day(at) && zone(at) ? NULL : "not a date with a time";
	case SCHEMA_YEAR_MONTH:
		return year_month(at, &year, &month) && zone(at) ? NULL : "not a month";
	default:
		return boolean(text) ? NULL : "neither true nor false";
	}
}
