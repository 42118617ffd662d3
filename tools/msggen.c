/* msggen: the messages of templates/po/<language>/<stem>.po into C.
 *
 *	msggen h po... def...			msg_ids.h: enum msg, the placeholders of each message, the enums that have labels
 *	msggen c po... def...			msg_table.c: texts in each language, labels of enums, texts of result codes
 *	msggen check po... def... source...	what only the whole tree shows: messages that nobody uses, values without a label
 *
 * A msgid is a key (`order_list.title`), a msgstr the text, with placeholders `{n}`.  Both languages have the same keys with the
 * same placeholders; anything else stops the build with file and line. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY = 96, TEXT = 2000, LANGS = 2, HOLES = 8, SOURCE = 4 << 20 };

static const char *const lang_folder[LANGS] = { "zh_CN", "en" };
static const char *const lang_const[LANGS] = { "LANG_ZH_CN", "LANG_EN" };

struct text { const char *s, *file; int line; };
struct msg {
	char *key, *id;
	struct text text[LANGS];
	bool used;
};
static struct msg *msgs;
static size_t msg_n, msg_cap;

/* The values of an enum, or (name "error") the result codes. */
struct family { char *name; char **value; int n; const char *file; };
static struct family families[200];
static size_t family_n;

static const char *file;
static int line, bad;

static void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void complain(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	bad = 1;
}

static void *need(void *p)
{
	if (!p)
		abort();
	return p;
}

static char *slurp(const char *name)
{
	FILE *f = fopen(name, "r");
	char *s = need(malloc(SOURCE));

	file = name;
	line = 1;
	if (!f) {
		complain("cannot be read");
		exit(1);
	}
	size_t n = fread(s, 1, SOURCE - 1, f);
	fclose(f);
	s[n] = 0;
	return need(realloc(s, n + 1));
}

static char *ident(const char *key)
{
	char *id = need(strdup(key));

	for (char *c = id; *c; c++)
		if (*c == '.')
			*c = '_';
	return id;
}

static struct msg *msg_find(const char *key)
{
	for (size_t i = 0; i < msg_n; i++)
		if (!strcmp(msgs[i].key, key))
			return &msgs[i];
	return NULL;
}

/* ---- placeholders ---- */

/* The sorted names in braces; -1 when the braces do not fit. */
static int holes(const char *s, char hole[HOLES][KEY])
{
	int n = 0;

	while ((s = strpbrk(s, "{}"))) {
		size_t len = *s == '{' ? strspn(s + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;
		if (!len || s[1 + len] != '}' || n == HOLES || len >= KEY)
			return -1;
		memcpy(hole[n], s + 1, len);
		hole[n][len] = 0;
		s += len + 2;
		int at = n;
		while (at > 0 && strcmp(hole[at - 1], hole[at]) > 0) {
			char swap[KEY];
			memcpy(swap, hole[at], KEY);
			memcpy(hole[at], hole[at - 1], KEY);
			memcpy(hole[--at], swap, KEY);
		}
		if (at > 0 && !strcmp(hole[at - 1], hole[at])) {	/* the same one twice is one */
			memmove(hole[at], hole[at + 1], (size_t)(n - at) * KEY);
			n--;
		}
		n++;
	}
	return n;
}

static void same_holes(const struct msg *m)
{
	char a[HOLES][KEY] = { 0 }, b[HOLES][KEY] = { 0 };
	int n = holes(m->text[0].s, a);

	if (n != holes(m->text[1].s, b) || memcmp(a, b, sizeof a[0] * (size_t)n)) {
		file = m->text[1].file;
		line = m->text[1].line;
		complain("%s: the languages have different placeholders", m->key);
	}
}

/* ---- PO files ---- */

static bool key_ok(const char *k)
{
	return islower((unsigned char)*k) && !k[strspn(k, "abcdefghijklmnopqrstuvwxyz0123456789_.")] && strchr(k, '.') &&
	       !strstr(k, "..") && !strstr(k, "__") && k[strlen(k) - 1] != '.' && strlen(k) < KEY;
}

static void msg_set(int lang, const char *key, int key_line, const char *text)
{
	char hole[HOLES][KEY];
	int now = line;

	line = key_line;
	if (!key_ok(key))
		complain("\"%s\" is not a key", key);
	if (!*text)
		complain("%s: not translated", key);
	if (holes(text, hole) < 0)
		complain("%s: a placeholder is {name}", key);
	struct msg *m = msg_find(key);
	if (!m) {
		if (msg_n == msg_cap)
			msgs = need(realloc(msgs, (msg_cap = msg_cap * 2 + 256) * sizeof *msgs));
		m = &msgs[msg_n++];
		*m = (struct msg){ .key = need(strdup(key)), .id = ident(key) };
	}
	if (m->text[lang].s)
		complain("%s: also in %s:%d", key, m->text[lang].file, m->text[lang].line);
	m->text[lang] = (struct text){ need(strdup(text)), file, key_line };
	line = now;
}

/* Appends what stands in the quotes of one line. */
static void po_string(const char *s, char to[TEXT])
{
	size_t n = strlen(to);

	s += strspn(s, " ");
	if (*s++ != '"') {
		complain("expected a string");
		return;
	}
	for (; *s && *s != '"' && n + 2 < TEXT; s++) {
		char c = *s;
		if (c == '\\')
			c = *++s == 'n' ? '\n' : *s == 't' ? '\t' : *s;
		to[n++] = c;
	}
	to[n] = 0;
	if (*s != '"' || s[1])
		complain("string not closed, or too long");
}

static void po_line(int lang, const char *s, char id[TEXT], char str[TEXT], int *id_line, bool *in_str)
{
	if (!strncmp(s, "msgid ", 6)) {
		if (*id_line && *id)
			msg_set(lang, id, *id_line, str);
		id[0] = str[0] = 0;
		*id_line = line;
		*in_str = false;
		po_string(s + 6, id);
	} else if (!strncmp(s, "msgstr ", 7)) {
		*in_str = true;
		po_string(s + 7, str);
	} else if (*s == '"') {
		po_string(s, *in_str ? str : id);
	} else if (!strncmp(s, "#~", 2) || (!strncmp(s, "#,", 2) && strstr(s, "fuzzy"))) {
		complain("obsolete and fuzzy entries are refused");
	} else if (*s && *s != '#') {
		complain("not understood: %.40s", s);
	}
}

static void po_read(const char *name)
{
	char id[TEXT] = "", str[TEXT] = "", *src = slurp(name), *next;
	int id_line = 0, lang = 0;
	bool in_str = false;

	while (lang < LANGS) {
		char folder[32];
		snprintf(folder, sizeof folder, "/%s/", lang_folder[lang]);
		if (strstr(name, folder))
			break;
		lang++;
	}
	if (lang == LANGS) {
		complain("stands in no folder of a language");
		return;
	}
	for (char *s = src; *s; s = next, line++) {
		size_t n = strcspn(s, "\n");
		next = s + n + (s[n] == '\n');
		s[n] = 0;
		po_line(lang, s, id, str, &id_line, &in_str);
	}
	if (id_line && *id)
		msg_set(lang, id, id_line, str);
	free(src);
}

/* ---- rows of .def files ---- */

static void family_add(struct family *f, const char *value, size_t n)
{
	char *v = need(strndup(value, n));

	for (char *c = v; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	f->value = need(realloc(f->value, (size_t)(f->n + 1) * sizeof *f->value));
	f->value[f->n++] = v;
}

static struct family *family_new(const char *name, size_t n)
{
	if (family_n == sizeof families / sizeof *families)
		abort();
	families[family_n] = (struct family){ .name = need(strndup(name, n)), .file = file };
	return &families[family_n++];
}

/* ENUM(x) FIRST(C, code) V(C, code) … END(x), and RC(NAME, …) for the family "error". */
static void def_read(const char *name)
{
	struct family *f = NULL;
	char *src = slurp(name);

	for (char *s = src; *s; ) {
		size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), arg = n ? strspn(s + n + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") : 0;
		if (!strncmp(s, "/*", 2)) {
			s = strstr(s, "*/");
			n = 2;
		} else if (n == 4 && !strncmp(s, "ENUM(", 5) && arg) {
			f = family_new(s + 5, arg);
		} else if (f && ((n == 5 && !strncmp(s, "FIRST(", 6)) || (n == 1 && !strncmp(s, "V(", 2))) && s[n + 1 + arg] == ',') {
			const char *v = s + n + 2 + arg;
			v += strspn(v, " ");
			family_add(f, v, strcspn(v, ")"));
		} else if (n == 2 && !strncmp(s, "RC(", 3)) {
			if (!f)
				f = family_new("error", 5);
			else
				family_add(f, s + 3, arg);	/* the first row is OK: no error */
		}
		s += n ? n : 1;
	}
	free(src);
}

/* ---- what uses them ---- */

static void use(const char *id, size_t n)
{
	for (size_t i = 0; i < msg_n; i++)
		if (strlen(msgs[i].id) == n && !memcmp(msgs[i].id, id, n))
			msgs[i].used = true;
}

static void use_key(const char *s, char end)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_.");
	char *key = need(strndup(s, n)), *id = ident(key);

	if (!end || s[n] == end)
		use(id, strlen(id));
	free(key);
	free(id);
}

/* MSG_id in C, or "key" for msg_of(); {{_ key …}} in a template, whose existence the compiler checks. */
static void source_read(const char *name)
{
	char *src = slurp(name);

	for (const char *s = src; (s = strstr(s, "MSG_")); ) {
		s += 4;
		use(s, strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_"));
	}
	for (const char *s = src; (s = strstr(s, "{{_ ")); s += 4)
		use_key(s + 4, 0);
	for (const char *s = src; (s = strchr(s, '"')); s++)
		use_key(s + 1, '"');
	free(src);
}

static struct msg *label(const struct family *f, int i, const char *suffix)
{
	char key[3 * KEY];

	snprintf(key, sizeof key, "%s.%s%s", f->name, f->value[i], suffix);
	return msg_find(key);
}

static void need_label(const struct family *f, int i, const char *suffix)
{
	struct msg *m = label(f, i, suffix);

	if (m) {
		m->used = true;
	} else {
		file = f->file;
		complain("%s.%s%s has no message", f->name, f->value[i], suffix);
	}
}

static void check_labels(void)
{
	for (size_t i = 0; i < family_n; i++)
		for (int v = 0; v < families[i].n; v++) {
			need_label(&families[i], v, "");
			if (!strcmp(families[i].name, "error"))
				need_label(&families[i], v, ".help");
		}
}

static void check_used(void)
{
	for (size_t i = 0; i < msg_n; i++)
		if (!msgs[i].used) {
			file = msgs[i].text[0].file;
			line = msgs[i].text[0].line;
			complain("%s: nothing uses it", msgs[i].key);
		}
}

/* ---- output ---- */

static int by_id(const void *a, const void *b) { return strcmp(((const struct msg *)a)->id, ((const struct msg *)b)->id); }

static void finish(void)
{
	if (msg_n)
		qsort(msgs, msg_n, sizeof *msgs, by_id);
	for (size_t i = 0; i < msg_n; i++) {
		struct msg *m = &msgs[i];
		const struct text *t = m->text[0].s ? &m->text[0] : &m->text[1];
		file = t->file;
		line = t->line;
		if (!m->text[0].s || !m->text[1].s)
			complain("%s: missing in %s", m->key, lang_folder[m->text[0].s ? 1 : 0]);
		else
			same_holes(m);
		if (i && !strcmp(m->id, m[-1].id))
			complain("%s and %s are one name in C", m->key, m[-1].key);
	}
}

static void put_string(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if (*s == '\n' || *s == '\t')
			fputs(*s == '\n' ? "\\n" : "\\t", stdout);
		else
			putchar(*s);
	}
	putchar('"');
}

static void put_header(void)
{
	char hole[HOLES][KEY];

	printf("/* Generated by msggen. */\n#ifndef MSG_IDS_H\n#define MSG_IDS_H\n#include <stdint.h>\n\nenum msg {\n\tMSG_NONE,\n");
	for (size_t i = 0; i < msg_n; i++)
		printf("\tMSG_%s,\n", msgs[i].id);
	printf("\tMSG__MAX\n};\n\n/* Placeholders: their number, and their names, for the generated C of templates. */\nenum {\n");
	for (size_t i = 0; i < msg_n; i++) {
		int n = holes(msgs[i].text[0].s, hole);
		printf("\tMSG_%s__holes = %d,\n", msgs[i].id, n);
		for (int h = 0; h < n; h++)
			printf("\tMSG_%s__%s = %d,\n", msgs[i].id, hole[h], h);
	}
	printf("};\n\n/* The enums with labels. */\n#define MSG_ENUMS(X)");
	for (size_t i = 0; i < family_n; i++)
		if (strcmp(families[i].name, "error"))
			printf(" \\\n\tX(%s)", families[i].name);
	printf("\n\n");
	for (size_t i = 0; i < family_n; i++)
		printf("extern const uint16_t %s_msg[];\n", families[i].name);
	printf("extern const uint16_t error_help_msg[];\n#endif\n");
}

static void put_labels(const struct family *f, const char *array, const char *suffix)
{
	printf("const uint16_t %s_msg[] = {\n\tMSG_NONE,\n", array);
	for (int i = 0; i < f->n; i++) {
		const struct msg *m = label(f, i, suffix);
		printf(m ? "\tMSG_%s,\n" : "\tMSG_NONE,\n", m ? m->id : "");
	}
	printf("};\n");
}

static void put_tables(void)
{
	printf("/* Generated by msggen. */\n#include \"view/msg.h\"\n\nconst char *const msg_texts[LANG__MAX][MSG__MAX] = {\n");
	for (int l = 0; l < LANGS; l++) {
		printf("\t[%s] = {\n\t\t\"\",\n", lang_const[l]);
		for (size_t i = 0; i < msg_n; i++) {
			printf("\t\t");
			put_string(msgs[i].text[l].s);
			printf(",\n");
		}
		printf("\t},\n");
	}
	printf("};\nconst char *const msg_keys[MSG__MAX] = {\n\t\"\",\n");
	for (size_t i = 0; i < msg_n; i++)
		printf("\t\"%s\",\n", msgs[i].key);
	printf("};\n");
	for (size_t i = 0; i < family_n; i++) {
		put_labels(&families[i], families[i].name, "");
		if (!strcmp(families[i].name, "error"))
			put_labels(&families[i], "error_help", ".help");
	}
}

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), w = strlen(with);

	return n >= w && !strcmp(s + n - w, with);
}

int main(int argc, char **argv)
{
	bool check = argc > 1 && !strcmp(argv[1], "check");

	if (argc < 3 || (!check && strcmp(argv[1], "h") && strcmp(argv[1], "c"))) {
		fprintf(stderr, "usage: msggen h|c|check po... def... [source...]\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		if (ends(argv[i], ".po"))
			po_read(argv[i]);
		else if (ends(argv[i], ".def") && (strstr(argv[i], "domain/") || ends(argv[i], "rc.def")))
			def_read(argv[i]);
	}
	finish();
	if (check) {
		for (int i = 2; i < argc; i++)
			if (!ends(argv[i], ".po"))
				source_read(argv[i]);
		check_labels();
		check_used();
		return bad;
	}
	if (bad)
		return 1;
	if (argv[1][0] == 'h')
		put_header();
	else
		put_tables();
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
