/* tmplgen: templates/<folder>/<stem>.html into C.
 *
 *	tmplgen c template.html ...	the functions of one folder's templates
 *	tmplgen h template.html ...	the prototypes of all templates
 *	tmplgen a file ...		addresses of static files, with a hash of what is in them
 *
 * HACKING.md ("A template") describes the language.  The generator follows HTML just far enough to know where each value
 * stands and that elements and blocks nest; what it cannot prove safe stops the build with file and line. */
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"

enum { PATH = 320, SOURCE = 1 << 20, BLOCKS = 32, HOLES = 8 };

static struct block {
	char kind, var[WORD];	/* 'i' if, 'e' each */
	struct html enter, then;
	int line, elements, floor;
	bool has_else;
} block[BLOCKS];
static int block_n;

static const char *file;
int line;
static char model[WORD], header[WORD], layout[WORD], folder[WORD], stem[WORD];
static bool has_body;

void die(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

/* ---- literal text: collected across whatever is constant, so that it is printed by one call ---- */

static char lit[SOURCE];
static size_t lit_n;

static void lit_add(const char *s)
{
	size_t n = strlen(s);

	if (lit_n + n >= sizeof lit)
		die("literal too long");
	memcpy(lit + lit_n, s, n + 1);
	lit_n += n;
}

static void lit_char(char c)
{
	if (c == '\n')
		lit_add("\\n\"\n\t\t\"");
	else if (c == '"' || c == '\\')
		lit_add((char[]){ '\\', c, 0 });
	else
		lit_add((char[]){ c, 0 });
}

static void lit_flush(void)
{
	static const char end[] = "\"\n\t\t\"";
	size_t n = sizeof end - 1;

	if (lit_n >= n && !memcmp(lit + lit_n - n, end, n))
		lit[lit_n - n] = 0;
	if (lit_n)
		printf("\tout_lit(o, \"%s\");\n", lit);
	lit_n = 0;
	lit[0] = 0;
}

static void code(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void code(const char *fmt, ...)
{
	va_list ap;

	lit_flush();
	printf("#line %d \"%s\"\n\t", line, file);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* ---- HTML ---- */

/* White space between and in tags means no more than one blank: indentation is not sent. */
static const char *skip_blanks(const char *p, const char *to)
{
	bool newline = false;

	for (; p < to && isspace((unsigned char)*p); p++) {
		html_char(p);
		newline |= *p == '\n';
		line += *p == '\n';
	}
	lit_char(newline && html.ctx == TEXT ? '\n' : ' ');
	return p;
}

static void put_literal(const char *p, const char *to)
{
	while (p < to) {
		if (isspace((unsigned char)*p) && (html.ctx == TAG || (html.ctx == TEXT && !html_verbatim()))) {
			p = skip_blanks(p, to);
		} else {
			html_char(p);
			line += *p == '\n';
			lit_char(*p++);
		}
	}
}

/* ---- paths and values ---- */

/* a.b.c: a loop variable, `page`, `m` (the model), else a member of the model.  What is nested is reached by pointers. */
static void path(const char *e, char to[PATH])
{
	size_t head = strcspn(e, "."), n;
	bool local = (head == 4 && !strncmp(e, "page", 4)) || (head == 1 && *e == 'm');

	if (!islower((unsigned char)*e) || e[strspn(e, "abcdefghijklmnopqrstuvwxyz0123456789_.")] || strstr(e, "..") || strlen(e) > 150)
		die("{{%s}} is not a path", e);
	for (int i = block_n; i-- > 0; )
		local |= strlen(block[i].var) == head && !strncmp(block[i].var, e, head);
	n = (size_t)snprintf(to, PATH, "%s", local ? "" : "m->");
	for (; *e; e++)
		n += (size_t)snprintf(to + n, PATH - n, *e == '.' ? "->" : "%c", *e);
}

/* The function that prints a value here. */
static const char *escaper(const char *e)
{
	if (html.ctx == TAG || html.ctx == RAW)
		die("{{%s}} stands in %s: refused", e, html_place[html.ctx]);
	if (html.ctx == ATTR && !strcmp(html.attr, "content")) {
		html.dynamic_content = true;
		if (html.equiv)
			die("http-equiv with a content that is not literal");
	}
	if (html.ctx != URL)
		return "view_text";
	html_url_check(e);
	bool first = !html.url[0] && !html.dynamic_url;
	html.dynamic_url = true;
	return first ? "view_href" : "view_url";
}

/* path or path|format, as a C statement. */
static void value(char *e, char to[LINE])
{
	static const char *const formats[] = { "yuan", "plain", "iso", "date", "time", "name", NULL };
	static const char *const in_url[] = { "plain", "iso", "date", "name", NULL };
	char c[PATH], *bar = strchr(e, '|');
	const char *print = escaper(e);

	if (bar)
		*bar++ = 0;
	path(e, c);
	if (bar && !one_of(bar, html.ctx == URL ? in_url : formats))
		die("format |%s is not known in %s", bar, html_place[html.ctx]);
	if (bar && !strcmp(print, "view_href"))
		die("an address does not begin with a formatted value");
	snprintf(to, LINE, "%s%s(o, %s);", bar ? "view_" : print, bar ? bar : "", c);
}

static void ident(const char *key, char to[WORD])
{
	copy(to, WORD, key, strlen(key));
	for (char *c = to; *c; c++)
		if (*c == '.' || *c == '-')
			*c = '_';
}

/* _ key name=path ...: the C compiler checks that the key and exactly these placeholders exist. */
static void put_message(char *e)
{
	char id[WORD], *save, *key = strtok_r(e, " \n\t", &save), *hole[HOLES], body[HOLES][LINE];
	int n = 0;

	if (html.ctx != TEXT && html.ctx != ATTR)
		die("a message stands in %s: refused", html_place[html.ctx]);
	if (!key)
		die("{{_}} without a key");
	ident(key, id);
	for (char *arg; (arg = strtok_r(NULL, " \n\t", &save)); n++) {
		char *eq = strchr(arg, '=');
		if (!eq || n == HOLES)
			die("{{_ %s}}: expected name=path", key);
		*eq = 0;
		hole[n] = arg;
		value(eq + 1, body[n]);
	}
	if (!n) {
		code("_Static_assert(MSG_%s__holes == 0, \"%s has placeholders\"); print_msg(o, MSG_%s);", id, key, id);
		return;
	}
	code("_Static_assert(MSG_%s__holes == %d, \"%s has other placeholders\");", id, n, key);
	code("for (const char *w_ = msg_text(o->lang, MSG_%s); msg_until(o, &w_); ) {", id);
	for (int i = 0; i < n; i++)
		code("%sif (msg_hole(&w_, \"%s\", MSG_%s__%s)) %s", i ? "else " : "", hole[i], id, hole[i], body[i]);
	code("}");
}

/* ---- blocks ---- */

static void push(char kind, const char *var)
{
	if (block_n == BLOCKS)
		die("blocks nested too deep");
	if (html.ctx == TAG && html.word[0] && !strchr("<!", html.word[0]))
		die("a block begins inside a name");
	if (html.ctx == TAG && html.word[0])
		strcpy(html.word, "!");
	struct block *b = &block[block_n++];
	*b = (struct block){ .kind = kind, .enter = html, .line = line, .elements = element_n, .floor = element_floor };
	element_floor = element_n;
	strcpy(b->var, var);
}

static struct block *top(char kind)
{
	if (!block_n || block[block_n - 1].kind != kind)
		die("block mismatch");
	struct block *b = &block[block_n - 1];
	if (element_n != b->elements)
		die("<%s> from line %d is not closed in its block", element[element_n - 1].name, element[element_n - 1].line);
	return b;
}

static void same_place(const struct block *b, const struct html *x)
{
	if (html.ctx != x->ctx || html.quote != x->quote || strcmp(html.tag, x->tag))
		die("block from line %d begins in %s and ends in %s", b->line, html_place[x->ctx], html_place[html.ctx]);
	if (html.ctx == URL && (html.dynamic_url || html.url[0]) != (x->dynamic_url || x->url[0]))
		die("block from line %d: an address begins in one branch only", b->line);
}

static void put_else(void)
{
	struct block *b = top('i');

	if (b->has_else)
		die("second {{else}}");
	if (html.ctx == URL)
		html_url_check("else");
	b->then = html;
	b->has_else = true;
	html = b->enter;
	code("} else {");
}

static void put_close(char kind)
{
	struct block *b = top(kind);

	same_place(b, b->has_else ? &b->then : &b->enter);
	html.dynamic_url |= b->has_else && b->then.dynamic_url;
	if (html.ctx == URL)
		html_url_check(kind == 'i' ? "/if" : "/each");
	if (html.ctx == TAG)
		strcpy(html.word, "!");	/* a name neither goes on nor gets its = after the block */
	code("}");
	element_floor = b->floor;
	block_n--;
}

static void put_if(char *e)
{
	char c[PATH], *save, *w = strtok_r(e, " ", &save);
	bool not = w && !strcmp(w, "not");

	if (not)
		w = strtok_r(NULL, " ", &save);
	if (!w)
		die("{{if}} without a path");
	path(w, c);
	char *is = strtok_r(NULL, " ", &save), *what = is ? strtok_r(NULL, " ", &save) : NULL;
	if (!is)
		code("if (%sview_is(%s)) {", not ? "!" : "", c);
	else if (strcmp(is, "is") || !what || !isupper((unsigned char)*what) || strtok_r(NULL, " ", &save))
		die("expected {{if path is CONSTANT}}");
	else
		code("if (%s %s %s) {", c, not ? "!=" : "==", what);
	push('i', "");
}

static void put_each(char *e)
{
	char var[WORD], list[PATH], c[PATH];

	if (sscanf(e, "%63[a-z_] in %319s", var, list) != 2)
		die("expected {{each name in path}}");
	if (!strcmp(var, "m") || !strcmp(var, "o") || !strcmp(var, "page"))
		die("a loop variable is not called %s", var);
	path(list, c);
	code("for (size_t %s_i = 0; %s_i < %s_n; %s_i++) {", var, var, c, var);
	code("const __typeof__(*%s) *%s = &%s[%s_i];", c, var, c, var);
	push('e', var);
}

/* ---- directives ---- */

static void put_use(char *e)
{
	char dir[WORD], name[WORD], p[PATH], c[PATH];

	if (html.ctx != TEXT)
		die("{{use}} stands in %s: refused", html_place[html.ctx]);
	if (sscanf(e, "%63[a-z]/%63[a-z_] %319s", dir, name, p) != 3)
		die("expected {{use folder/stem path}}");
	path(p, c);
	code("tpl_%s_%s(o, %s, page);", dir, name, c);
}

static void put_body(void)
{
	if (strcmp(folder, "layout") || has_body || block_n || html.ctx != TEXT)
		die("{{body}} stands once in a layout, outside of blocks");
	has_body = true;
	lit_flush();
	printf("}\n\nvoid tpl_layout_%s_end(struct out *o, const struct view_page *page)\n{\n\t(void)page;\n", stem);
}

static void put_asset(const char *name, const char *icon)
{
	char id[WORD];

	ident(name, id);
	if (icon && html.ctx != TEXT)
		die("{{icon}} stands in %s: refused", html_place[html.ctx]);
	if (!icon && html.ctx != URL)
		die("{{asset}} stands in %s: refused", html_place[html.ctx]);
	lit_add(icon ? "<svg class=\\\"i\\\" aria-hidden=\\\"true\\\"><use href=\\\"\" ASSET_" : "\" ASSET_");
	lit_add(id);
	if (icon) {
		ident(icon, id);
		lit_add(" ICON_");
		lit_add(id);
	}
	lit_add(icon ? " \"\\\"/></svg>" : " \"");
	if (!icon)
		strcpy(html.url, "/");
}

static void put_value(char *e)
{
	char c[LINE];

	value(e, c);
	code("%s", c);
}

/* Data for search engines: its own element, as nothing else may stand in a script. */
static void put_ld(const char *e)
{
	char c[PATH];

	if (html.ctx != TEXT)
		die("{{ld}} stands in %s: refused", html_place[html.ctx]);
	path(e, c);
	lit_add("<script type=\\\"application/ld+json\\\">");
	code("view_ld(o, %s);", c);
	lit_add("</script>");
}

/* A number that no other place of the page has. */
static void put_serial(void)
{
	if (html.ctx != TEXT && html.ctx != ATTR)
		die("{{serial}} stands in %s: refused", html_place[html.ctx]);
	code("out_i64(o, (int64_t)o->n);");
}

/* True when the directive prints nothing itself, so that a line with it alone is no line. */
static bool put_directive(char *e)
{
	if (!strncmp(e, "if ", 3))
		return put_if(e + 3), true;
	if (!strncmp(e, "each ", 5))
		return put_each(e + 5), true;
	if (!strcmp(e, "else"))
		return put_else(), true;
	if (!strcmp(e, "/if") || !strcmp(e, "/each"))
		return put_close(e[1]), true;
	if (!strncmp(e, "use ", 4))
		return put_use(e + 4), true;
	if (!strcmp(e, "body"))
		return put_body(), true;
	if (!strncmp(e, "model ", 6) || !strncmp(e, "layout ", 7) || *e == '#')
		return true;
	if (!strncmp(e, "_ ", 2))
		put_message(e + 2);
	else if (!strncmp(e, "asset ", 6))
		put_asset(e + 6, NULL);
	else if (!strncmp(e, "icon ", 5))
		put_asset("icons.svg", e + 5);
	else if (!strncmp(e, "ld ", 3))
		put_ld(e + 3);
	else if (!strcmp(e, "serial"))
		put_serial();
	else
		put_value(e);
	return false;
}

static const char *line_rest(const char *src, const char *open, const char *after)
{
	while (open > src && (open[-1] == ' ' || open[-1] == '\t'))
		open--;
	const char *end = after + strspn(after, " \t");
	if ((open > src && open[-1] != '\n') || *end != '\n' || html_verbatim())
		return after;
	line++;
	return end + 1;
}

static void put_source(char *src)
{
	char *at = src, *open;

	while ((open = strstr(at, "{{"))) {
		put_literal(at, open);
		char *close = strstr(open, "}}"), e[LINE];
		if (!close)
			die("{{ is not closed");
		copy(e, sizeof e, open + 2, (size_t)(close - open - 2));
		at = close + 2;
		if (put_directive(e))
			at = (char *)line_rest(src, open, at);
		for (const char *c = open; c < close; c++)
			line += *c == '\n';
	}
	put_literal(at, at + strlen(at));
	lit_flush();
	if (block_n)
		die("block from line %d is not closed", block[block_n - 1].line);
	if (html.ctx != TEXT)
		die("the file ends in %s", html_place[html.ctx]);
	if (element_n)
		die("<%s> from line %d is not closed", element[element_n - 1].name, element[element_n - 1].line);
}

/* ---- files ---- */

static char *slurp(const char *name)
{
	static char src[SOURCE];
	FILE *f = fopen(name, "r");

	file = name;
	line = 1;
	if (!f)
		die("cannot be read");
	size_t n = fread(src, 1, sizeof src - 1, f);
	fclose(f);
	if (n == sizeof src - 1)
		die("too long");
	src[n] = 0;
	return src;
}

/* Folder, stem, model and layout of a template. */
static char *load(const char *name)
{
	char *src = slurp(name);
	const char *slash = strrchr(name, '/'), *dot = strrchr(name, '.'), *from = slash;

	if (!slash || !dot || dot < slash)
		die("a template is templates/<folder>/<stem>.html");
	while (from > name && from[-1] != '/')
		from--;
	copy(folder, sizeof folder, from, (size_t)(slash - from));
	copy(stem, sizeof stem, slash + 1, (size_t)(dot - slash - 1));
	model[0] = header[0] = layout[0] = 0;
	const char *m = strstr(src, "{{model "), *l = strstr(src, "{{layout ");
	if (m && sscanf(m, "{{model %63[a-z0-9_] in %63[a-z0-9_]}}", model, header) != 2)
		die("expected {{model name in header}}");
	if (l && sscanf(l, "{{layout %63[a-z_]}}", layout) != 1)
		die("expected {{layout name}}");
	if (!m != !strcmp(folder, "layout"))
		die(m ? "a layout has no model" : "the template names no model");
	return src;
}

static void put_template(char *src)
{
	block_n = element_n = element_floor = 0;
	html = (struct html){ 0 };
	has_body = false;
	if (!strcmp(folder, "layout"))
		printf("\nvoid tpl_layout_%s_begin(struct out *o, const struct view_page *page)\n{\n\t(void)page;\n", stem);
	else
		printf("\nvoid tpl_%s_%s(struct out *o, const struct view_%s *m, const struct view_page *page)\n{\n\t(void)m; (void)page;\n",
		       folder, stem, model);
	if (layout[0])
		printf("\ttpl_layout_%s_begin(o, page);\n", layout);
	put_source(src);
	if (layout[0])
		printf("\ttpl_layout_%s_end(o, page);\n", layout);
	if (!strcmp(folder, "layout") && !has_body)
		die("the layout has no {{body}}");
	printf("}\n");
}

static void put_functions(int n, char **names)
{
	printf("/* Generated by tmplgen. */\n#include \"asset.h\"\n#include \"tpl.h\"\n#include \"view/page.h\"\n#include \"view/print.h\"\n");
	for (int i = 0; i < n; i++) {
		load(names[i]);
		if (header[0])
			printf("#include \"view/%s.h\"\n", header);
	}
	for (int i = 0; i < n; i++)
		put_template(load(names[i]));
}

static void put_prototypes(int n, char **names)
{
	printf("/* Generated by tmplgen. */\n#ifndef TPL_H\n#define TPL_H\nstruct out;\nstruct view_page;\n");
	for (int i = 0; i < n; i++) {
		load(names[i]);
		if (!strcmp(folder, "layout"))
			printf("void tpl_layout_%s_begin(struct out *o, const struct view_page *page);\n"
			       "void tpl_layout_%s_end(struct out *o, const struct view_page *page);\n", stem, stem);
		else
			printf("struct view_%s;\nvoid tpl_%s_%s(struct out *o, const struct view_%s *m, const struct view_page *page);\n",
			       model, folder, stem, model);
	}
	printf("#endif\n");
}

/* An address changes when the file does (FNV-1a), so that it may be kept for ever. */
static void put_address(const char *name)
{
	char id[WORD];
	const char *src = slurp(name), *base = strrchr(name, '/');
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	base = base ? base + 1 : name;
	for (const char *p = src; *p; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	ident(base, id);
	printf("#define ASSET_%s \"/static/%s?v=%016" PRIx64 "\"\n", id, base, h);
	for (const char *s = strstr(src, "<symbol id=\""); s; s = strstr(s + 1, "<symbol id=\"")) {
		char icon[WORD];
		copy(icon, sizeof icon, s + 12, strcspn(s + 12, "\""));
		ident(icon, id);
		printf("#define ICON_%s \"#%s\"\n", id, icon);
	}
}

int main(int argc, char **argv)
{
	if (argc < 2 || strlen(argv[1]) != 1 || !strchr("cha", argv[1][0])) {
		fprintf(stderr, "usage: tmplgen c|h|a file ...\n");
		return 2;
	}
	if (argv[1][0] == 'c') {
		put_functions(argc - 2, argv + 2);
	} else if (argv[1][0] == 'h') {
		put_prototypes(argc - 2, argv + 2);
	} else {
		printf("/* Generated by tmplgen. */\n");
		for (int i = 2; i < argc; i++)
			put_address(argv[i]);
	}
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
