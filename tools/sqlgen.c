/* sqlgen: sql/query/<stem>.sql into typed C.
 *
 *	sqlgen h <stem> <file> <enums.def>	the header: struct and function of each query
 *	sqlgen c <stem> <file> <enums.def>	the body: constant tables that src/db runs
 *	sqlgen all <stem> ...			the list of all queries, for the contract test
 *
 * HACKING.md ("A query") describes the language.  A query is one paragraph: annotations, then one statement up to an empty line.
 * Whatever is not understood stops the build with file and line. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 48, FIELDS = 64, PARTS = 32, PARAMS = 128, GUARDS = 6, TEXT = 8192, QUERIES = 256 };

struct field { char name[NAME], type[NAME]; bool null, used; };
struct fields { struct field f[FIELDS]; int n; };

/* A stretch of the statement that stands or falls together; when: 0 always, +g / -g when guard g is set / not set. */
struct part { char sql[TEXT]; int n, when, in[PARAMS], n_in; };

enum kind { ONE = 1, MANY, LOCK_ONE, LOCK_MANY, EXEC, BULK, KINDS };
static const char *const kinds[KINDS] = { "", "one", "many", "lock_one", "lock_many", "exec", "bulk" };

struct query {
	char name[NAME], scan[200], text[TEXT];
	enum kind kind;
	int line, text_line;
	struct fields in, out, *open;	/* open: the list that a further line would continue */
	struct part parts[PARTS];
	int n_parts, guards[GUARDS], n_guards;
};

static struct query *queries[QUERIES];
static int query_n, line;
static const char *file, *stem, *enums;	/* enums: the text of enums.def */

static _Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void die(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

/* -- types ------------------------------------------------------------------------------------------------------- */

static const struct type { const char *name, *c, *tag; bool null; } types[] = {
	{ "u64", "uint64_t ", "Q_U64", true },
	{ "i64", "int64_t ", "Q_I64", false },
	{ "i32", "int32_t ", "Q_I32", false },
	{ "bool", "bool ", "Q_BOOL", false },
	{ "str", "const char *", "Q_STR", true },
	{ "bytes", "struct bytes ", "Q_BYTES", true },
	{ "money", "struct money ", "Q_MONEY", false },
	{ "instant", "struct instant ", "Q_INSTANT", true },
	{ "date", "struct date ", "Q_DATE", true },
	{ "lang", "enum lang ", "Q_ENUM", true },	/* of base/value.h */
	{ NULL, NULL, "Q_ENUM", true },	/* any name of enums.def */
};

static const struct type *type_of(const char *name)
{
	const struct type *t = types;
	char row[NAME + 8];

	while (t->name && strcmp(t->name, name))
		t++;
	snprintf(row, sizeof row, "ENUM(%s)", name);
	if (!t->name && !strstr(enums, row))
		die("%s is no type, and no enum of enums.def", name);
	return t;
}

static bool is_name(const char *s)
{
	static const char keywords[] = " auto break case char const continue default do double else enum extern float for goto if inline int "
		"long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while ";
	char spaced[NAME + 2];

	if (!islower((unsigned char)*s) || s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")])
		return false;
	snprintf(spaced, sizeof spaced, " %s ", s);
	return !strstr(keywords, spaced);
}

/* -- annotations ------------------------------------------------------------------------------------------------- */

static int field_find(const struct fields *in, const char *name, size_t len)
{
	for (int i = 0; i < in->n; i++)
		if (strlen(in->f[i].name) == len && !memcmp(in->f[i].name, name, len))
			return i;
	return -1;
}

static void read_field(char *item, struct fields *list)
{
	struct field *to = &list->f[list->n];
	int end = 0;

	if (list->n == FIELDS)
		die("more than %d fields", FIELDS);
	if (sscanf(item, " %47s %47s %n", to->name, to->type, &end) != 2 || item[end])
		die("a field is a name and a type: \"%s\"", item + strspn(item, " "));
	size_t len = strlen(to->type);
	if (to->type[len - 1] == '?') {
		to->type[len - 1] = 0;
		to->null = true;
	}
	if (!is_name(to->name) || !strcmp(to->name, "bool"))
		die("not a name in lower case: \"%s %s\"", to->name, to->type);
	if (!type_of(to->type)->null && to->null)
		die("%s may not be NULL: use COALESCE", to->type);
	if (field_find(list, to->name, strlen(to->name)) >= 0)
		die("field %s stands twice", to->name);
	list->n++;
}

static void read_fields(char *s, struct fields *list)
{
	for (char *item; (item = strsep(&s, ","));)
		if (item[strspn(item, " \t")] || s)
			read_field(item, list);
}

static struct query *read_name(const char *s)
{
	char kind[NAME];
	int end = 0;
	struct query *q = calloc(1, sizeof *q);

	if (!q || query_n == QUERIES)
		die("more than %d queries", QUERIES);
	q->line = line;
	if (sscanf(s, " %47s %47s %n", q->name, kind, &end) != 2 || s[end])
		die("-- name: needs a name and a kind");
	if (!is_name(q->name))
		die("not a name in lower case: %s", q->name);
	while (q->kind < KINDS && strcmp(kinds[q->kind], kind))
		q->kind++;
	if (q->kind == KINDS)
		die("unknown kind %s", kind);
	for (int i = 0; i < query_n; i++)
		if (!strcmp(queries[i]->name, q->name))
			die("query %s stands twice", q->name);
	return queries[query_n++] = q;
}

/* A line that begins with "--" and at least two spaces continues the list above it. */
static void read_annotation(struct query *q, char *l)
{
	if (!strncmp(l, "-- in:", 6))
		read_fields(l + 6, q->open = &q->in);
	else if (!strncmp(l, "-- out:", 7))
		read_fields(l + 7, q->open = &q->out);
	else if (!strncmp(l, "--  ", 4) && q->open)
		read_fields(l + 4, q->open);
	else if (sscanf(l, "-- scan: %199[^\n]", q->scan) != 1)
		die("unknown annotation: %s", l);
}

static void read_file(FILE *f)
{
	char l[1024];
	struct query *q = NULL;

	for (line = 1; fgets(l, sizeof l, f); line++) {
		if (!strchr(l, '\n') && !feof(f))
			die("line too long");
		l[strcspn(l, "\n")] = 0;
		if (!l[strspn(l, " \t")]) {
			if (q && !*q->text)
				die("%s has no statement", q->name);
			q = NULL;
		} else if (!strncmp(l, "-- name:", 8)) {
			if (q)
				die("an empty line must end %s", q->name);
			q = read_name(l + 8);
		} else if (!strncmp(l, "--", 2)) {
			if (q && *q->text)
				die("no comments inside a statement");
			if (q)
				read_annotation(q, l);
		} else if (!q) {
			die("a statement without -- name:");
		} else {
			if (!*q->text)
				q->text_line = line;
			if (strlen(q->text) + strlen(l) + 2 > sizeof q->text)
				die("statement too long");
			memcpy(q->text + strlen(q->text), l, strlen(l));
			q->text[strlen(q->text)] = '\n';
		}
	}
	if (q && !*q->text)
		die("%s has no statement", q->name);
}

/* -- the statement ----------------------------------------------------------------------------------------------- */

static struct part *part_new(struct query *q, int when)
{
	if (q->n_parts == PARTS)
		die("%s has more than %d parts", q->name, PARTS);
	struct part *p = &q->parts[q->n_parts++];
	p->when = when;
	return p;
}

/* One character; outside of quotes runs of white space become one space. */
static void part_put(struct part *p, char c, bool quoted)
{
	if (!quoted && isspace((unsigned char)c)) {
		if (p->n && p->sql[p->n - 1] == ' ')
			return;
		c = ' ';
	}
	p->sql[p->n++] = c;
}

/* At a quote: its closing one, or the end of the text; elsewhere s itself. */
static const char *skip_quoted(const char *s)
{
	char quote = *s;

	if (quote && strchr("'\"`", quote))
		for (s++; *s && *s != quote; s++)
			s += *s == '\\' && quote != '`' && s[1];
	return s;
}

static const char *read_quoted(struct part *p, const char *s)
{
	const char *end = skip_quoted(s);

	if (!*end)
		die("quote is not closed");
	for (; s <= end; s++) {
		line += *s == '\n';
		part_put(p, *s, true);
	}
	return s;
}

static size_t name_len(const char *s) { return islower((unsigned char)*s) ? strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0; }

static int input(struct query *q, const char *s, size_t len)
{
	int i = field_find(&q->in, s, len);

	if (i < 0)
		die(":%.*s is not an input of %s", (int)len, s, q->name);
	q->in.f[i].used = true;
	return i;
}

static const char *read_param(struct query *q, struct part *p, const char *s)
{
	size_t len = name_len(s);

	if (!len)
		die("a colon outside of quotes must begin a :name");
	if (p->n_in == PARAMS)
		die("more than %d parameters", PARAMS);
	p->in[p->n_in++] = input(q, s, len);
	part_put(p, '?', true);
	return s + len;
}

static int guard(struct query *q, int in)
{
	int g = 0;

	if (!q->in.f[in].null && strcmp(q->in.f[in].type, "bool"))
		die("[%s? needs an input that may be NULL, or a bool", q->in.f[in].name);
	while (g < q->n_guards && q->guards[g] != in)
		g++;
	if (g == GUARDS)
		die("more than %d inputs choose fragments", GUARDS);
	q->guards[g] = in;
	if (g == q->n_guards)
		q->n_guards++;
	return g + 1;
}

static const char *read_fragment(struct query *q, struct part **p, const char *s)
{
	size_t len = name_len(s);

	if ((*p)->when)
		die("fragments do not nest");
	if (q->kind == BULK)
		die("a bulk query has no fragments");
	if (!len || (s[len] != '?' && s[len] != '!') || !isspace((unsigned char)s[len + 1]))
		die("a fragment begins [name? or [name! and a space");
	int g = guard(q, input(q, s, len));
	*p = part_new(q, s[len] == '?' ? g : -g);
	return s + len + 1;
}

static void refuse_here(const char *s)
{
	if (*s == '#' || !strncmp(s, "--", 2) || !strncmp(s, "/*", 2))
		die("no comments inside a statement");
	if (*s == ';')
		die("one statement, without a semicolon");
	if (*s == '?')
		die("name parameters: use :name");
	if (*s == '\\' || (*s == ':' && (s[1] == '=' || s[1] == ':')))
		die("'%c%c' is not understood here", s[0], s[1]);
}

/* Split the statement at its fragments and turn :names into question marks. */
static void read_statement(struct query *q)
{
	struct part *p = part_new(q, 0);

	line = q->text_line;
	for (const char *s = q->text; *s;) {
		refuse_here(s);
		line += *s == '\n';
		if (strchr("'\"`", *s)) {
			s = read_quoted(p, s);
		} else if (*s == ':') {
			s = read_param(q, p, s + 1);
		} else if (*s == '[') {
			s = read_fragment(q, &p, s + 1);
		} else if (*s == ']') {
			if (!p->when)
				die("] without [");
			p = part_new(q, 0);
			s++;
		} else {
			part_put(p, *s++, false);
		}
	}
	if (p->when)
		die("[ is not closed");
}

/* -- what a statement must and must not be ----------------------------------------------------------------------- */

static bool in_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* Where the phrase stands outside of quotes, as whole words. */
static const char *find_phrase(const char *sql, const char *phrase)
{
	size_t len = strlen(phrase);
	char before = ' ';

	for (const char *s = sql; *s; before = *s++) {
		if (!in_word(before) && !strncasecmp(s, phrase, len) && !in_word(s[len]))
			return s;
		s = skip_quoted(s);
	}
	return NULL;
}

static bool has_phrase(const struct query *q, const char *phrase)
{
	for (int i = 0; i < q->n_parts; i++)
		if (find_phrase(q->parts[i].sql, phrase))
			return true;
	return false;
}

static bool starts(const struct query *q, const char *word)
{
	const char *sql = q->parts[0].sql + strspn(q->parts[0].sql, " (");
	return find_phrase(sql, word) == sql;
}

static void check(const struct query *q)
{
	bool read = starts(q, "SELECT") || starts(q, "WITH"), lock = q->kind == LOCK_ONE || q->kind == LOCK_MANY;
	bool locks = has_phrase(q, "FOR UPDATE") || has_phrase(q, "LOCK IN SHARE MODE");

	if (q->kind <= LOCK_MANY ? !read : q->kind == BULK ? !starts(q, "INSERT") && !starts(q, "REPLACE") :
	    !starts(q, "INSERT") && !starts(q, "REPLACE") && !starts(q, "UPDATE") && !starts(q, "DELETE"))
		die("%s: the statement does not fit the kind %s", q->name, kinds[q->kind]);
	if ((q->kind <= LOCK_MANY || (q->kind == BULK && has_phrase(q, "RETURNING"))) != (q->out.n > 0))
		die("%s: kind %s %s -- out:", q->name, kinds[q->kind], q->out.n ? "has no" : "needs");
	if (locks && !lock)
		die("%s locks rows: use lock_one or lock_many", q->name);
	if ((starts(q, "UPDATE") || starts(q, "DELETE")) && !find_phrase(q->parts[0].sql, "WHERE"))
		die("%s has no WHERE", q->name);
	if (read && has_phrase(q, "SELECT *"))
		die("%s: name the columns", q->name);
	for (int i = 0; i < q->in.n; i++)
		if (!q->in.f[i].used)
			die("%s: input %s is not used", q->name, q->in.f[i].name);
}

/* A bulk statement falls into what stands before its VALUES row, the row, and the rest. */
static void split_bulk(struct query *q)
{
	struct part all = q->parts[0];
	const char *values = find_phrase(all.sql, "VALUES"), *row = values ? strchr(values, '(') : NULL, *end = row;

	if (!row)
		die("%s: bulk needs VALUES (…)", q->name);
	int depth = 0, in_row = 0;
	do {
		end = skip_quoted(end);
		depth += (*end == '(') - (*end == ')');
		in_row += *end == '?';
	} while (*++end && depth);
	if (depth)
		die("%s: ( is not closed", q->name);
	if (in_row != all.n_in || !in_row)
		die("%s: a bulk query has its parameters in the VALUES row", q->name);
	memset(q->parts, 0, sizeof q->parts[0]);
	q->n_parts = 3;
	memcpy(q->parts[0].sql, all.sql, (size_t)(row - all.sql));
	memcpy(q->parts[1].sql, row, (size_t)(end - row));
	memcpy(q->parts[1].in, all.in, sizeof all.in);
	q->parts[1].n_in = all.n_in;
	memcpy(q->parts[2].sql, end, strlen(end));
}

/* -- writing C --------------------------------------------------------------------------------------------------- */

static void put_struct(const struct query *q, const char *suffix, const struct fields *list)
{
	if (!list->n)
		return;
	printf("struct q_%s%s {\n", q->name, suffix);
	for (const struct field *f = list->f; f < list->f + list->n; f++) {
		const struct type *t = type_of(f->type);
		if (t->name)
			printf("\t%s%s;", t->c, f->name);
		else
			printf("\tenum %s %s;", f->type, f->name);
		puts(f->null ? "\t/* may be NULL */" : "");
	}
	puts("};");
}

static void put_function(const struct query *q)
{
	bool write = q->kind >= EXEC, lock = q->kind == LOCK_ONE || q->kind == LOCK_MANY, many = q->kind == MANY || q->kind == LOCK_MANY;
	bool returning = q->kind == BULK && q->out.n;
	const char *n = q->name, *in = q->in.n ? "in" : "NULL";

	printf("MUST_USE static inline enum rc q_%s(struct %s", n, write || lock ? "tx *tx" : "db *db");
	if (!write || returning)
		printf(", struct arena *a");
	if (q->in.n)
		printf(", const struct q_%s_in *%s", n, q->kind == BULK ? "rows, size_t n" : "in");
	if (many)
		printf(", struct q_%s **rows, size_t *n", n);
	else if (!write)
		printf(", struct q_%s *row", n);
	else if (q->kind == EXEC)
		printf(", uint64_t *changed");
	else if (returning)
		printf(", struct q_%s **out", n);
	printf(")\n{\n\treturn ");
	if (returning)
		printf("db_bulk_out(tx, &q_%s_query, a, rows, n, (void **)out);\n}\n\n", n);
	else if (q->kind == BULK)
		printf("db_bulk(tx, &q_%s_query, rows, n);\n}\n\n", n);
	else if (q->kind == EXEC)
		printf("db_exec(tx, &q_%s_query, %s, changed);\n}\n\n", n, in);
	else
		printf("db_%s(%s, &q_%s_query, a, %s, %s);\n}\n\n", many ? "many" : "one", lock ? "tx_db(tx)" : "db", n, in,
		       many ? "(void **)rows, n" : "row");
}

static void put_header(void)
{
	printf("/* generated by sqlgen from %s.sql */\n#ifndef Q_%s_H\n#define Q_%s_H\n#include \"db/query.h\"\n#include \"domain/enums.h\"\n\n",
	       stem, stem, stem);
	for (int i = 0; i < query_n; i++) {
		put_struct(queries[i], "_in", &queries[i]->in);
		put_struct(queries[i], "", &queries[i]->out);
		printf("extern const struct query q_%s_query;\n", queries[i]->name);
		put_function(queries[i]);
	}
	printf("extern const struct query *const q_%s_all[];\n#endif\n", stem);
}

/* of: what the struct's name has behind the query's */
static void put_fields(const struct query *q, const char *suffix, const struct fields *list, const char *of)
{
	if (!list->n)
		return;
	printf("static const struct qfield %s%s[] = {\n", q->name, suffix);
	for (const struct field *f = list->f; f < list->f + list->n; f++) {
		const struct type *t = type_of(f->type);
		printf("\t{ \"%s\", %s, %s, offsetof(struct q_%s%s, %s), ", f->name, t->tag, f->null ? "true" : "false", q->name, of, f->name);
		printf(strcmp(t->tag, "Q_ENUM") ? "NULL },\n" : "&%s_enum },\n", f->type);
	}
	puts("};");
}

static void put_parts(const struct query *q)
{
	printf("static const struct qpart %s_parts[] = {\n", q->name);
	for (int i = 0; i < q->n_parts; i++) {
		const struct part *p = &q->parts[i];
		printf("\t{ \"");
		for (const char *s = p->sql; *s; s++)
			if (*s == '\n')
				printf("\\n");
			else
				printf(strchr("\\\"", *s) ? "\\%c" : "%c", *s);
		printf("\", (const uint8_t *)\"");
		for (int k = 0; k < p->n_in; k++)
			printf("\\%o", (unsigned)p->in[k]);
		printf("\", %d, %d },\n", p->n_in, p->when);
	}
	puts("};");
}

static void put_query(const struct query *q)
{
	static const char *const tags[KINDS] = { "", "Q_ONE", "Q_MANY", "Q_ONE", "Q_MANY", "Q_EXEC", "Q_BULK" };

	put_fields(q, "_in", &q->in, "_in");
	put_fields(q, "_out", &q->out, "");
	put_parts(q);
	printf("const struct query q_%s_query = {\n\t.name = \"%s\", .at = \"%s.sql:%d\", .kind = %s,\n",
	       q->name, q->name, stem, q->line, tags[q->kind]);
	if (q->in.n)
		printf("\t.in = %s_in, .in_n = %d, .in_size = sizeof(struct q_%s_in),\n", q->name, q->in.n, q->name);
	if (q->out.n)
		printf("\t.out = %s_out, .out_n = %d, .out_size = sizeof(struct q_%s),\n", q->name, q->out.n, q->name);
	printf("\t.parts = %s_parts, .part_n = %d,\n", q->name, q->n_parts);
	if (q->n_guards) {
		printf("\t.guards = (const uint8_t *)\"");
		for (int i = 0; i < q->n_guards; i++)
			printf("\\%o", (unsigned)q->guards[i]);
		printf("\", .guard_n = %d,\n", q->n_guards);
	}
	printf("\t.scan = %s,\n};\n\n", *q->scan ? "true" : "false");
}

static void put_body(void)
{
	printf("/* generated by sqlgen from %s.sql */\n#include \"q_%s.h\"\n\n", stem, stem);
	for (int i = 0; i < query_n; i++)
		put_query(queries[i]);
	printf("const struct query *const q_%s_all[] = { ", stem);
	for (int i = 0; i < query_n; i++)
		printf("&q_%s_query, ", queries[i]->name);
	puts("NULL };");
}

static void put_all(char **stems)
{
	puts("/* generated by sqlgen */\n#include \"db/query.h\"\n");
	for (int i = 0; stems[i]; i++)
		printf("extern const struct query *const q_%s_all[];\n", stems[i]);
	puts("const struct query *const *const q_all[] = {");
	for (int i = 0; stems[i]; i++)
		printf("\tq_%s_all,\n", stems[i]);
	puts("\tNULL\n};");
}

static void read_enums(FILE *f)
{
	static char text[1 << 17];

	if (fread(text, 1, sizeof text, f) == sizeof text)
		die("enums.def is too long");
	enums = text;
}

int main(int argc, char **argv)
{
	if (argc >= 2 && !strcmp(argv[1], "all"))
		return put_all(argv + 2), 0;
	if (argc != 5 || (strcmp(argv[1], "h") && strcmp(argv[1], "c")))
		return fprintf(stderr, "usage: sqlgen h|c stem file.sql enums.def\n       sqlgen all stem...\n"), 2;
	stem = argv[2];
	file = argv[3];
	FILE *sql = fopen(file, "r"), *def = fopen(argv[4], "r");
	if (!sql || !def)
		return perror(sql ? argv[4] : file), 1;
	read_enums(def);
	read_file(sql);
	for (int i = 0; i < query_n; i++) {
		read_statement(queries[i]);
		line = queries[i]->line;
		check(queries[i]);
		if (queries[i]->kind == BULK)
			split_bulk(queries[i]);
	}
	if (*argv[1] == 'h')
		put_header();
	else
		put_body();
	return fflush(stdout) ? 1 : 0;
}
