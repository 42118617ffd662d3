#include "html.h"

#include <ctype.h>
#include <string.h>

const char *const html_place[] = { "text", "a tag", "an attribute", "an address", "script or style" };
struct html html;
struct element element[ELEMENTS];
int element_n, element_floor;

bool one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(s, *list))
			return true;
	return false;
}

void copy(char *to, size_t cap, const char *from, size_t n)
{
	if (n >= cap)
		die("too long: %.40s", from);
	memcpy(to, from, n);
	to[n] = 0;
}

static bool is_void(const char *tag)
{
	static const char *const list[] = { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", NULL };

	return one_of(tag, list);
}

bool html_verbatim(void)
{
	return element_n && (!strcmp(element[element_n - 1].name, "pre") || !strcmp(element[element_n - 1].name, "textarea"));
}

static void element_open(void)
{
	if (is_void(html.tag) || html.self_closing)
		return;
	if (element_n == ELEMENTS)
		die("elements nested too deep");
	element[element_n].line = line;
	strcpy(element[element_n++].name, html.tag);
}

static void element_close(void)
{
	if (element_n == element_floor)
		die("</%s> closes nothing that was opened in this block", html.tag);
	struct element *e = &element[--element_n];
	if (strcmp(e->name, html.tag))
		die("</%s> stands where <%s> from line %d is open", html.tag, e->name, e->line);
}

static void tag_begin(const char *p)
{
	if (!strncmp(p, "<!--", 4))
		die("HTML comments are not sent: use {{# ...}}");
	if (*p != '<' || !strncmp(p, "<!doctype html>", 15))
		return;
	bool closing = p[1] == '/';
	size_t n = 0;
	while (isalnum((unsigned char)p[1 + closing + n]) || (n && p[1 + closing + n] == '-'))
		n++;
	if (!n)
		die("< without the name of an element: write &lt;");
	html = (struct html){ .ctx = TAG, .closing = closing };
	copy(html.tag, sizeof html.tag, p + 1 + closing, n);
	for (char *c = html.tag; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	strcpy(html.word, "<");	/* the tag's own name is no attribute */
}

static void tag_end(void)
{
	if (html.closing)
		element_close();
	else
		element_open();
	bool raw = !html.closing && (!strcmp(html.tag, "script") || !strcmp(html.tag, "style"));
	html = (struct html){ .ctx = raw ? RAW : TEXT };
}

static void attr_begin(char quote)
{
	static const char *const url[] = { "href", "src", "action", "formaction", "cite", "poster", "data", "ping", "background", "manifest", NULL };
	static const char *const refused[] = { "style", "srcdoc", "srcset", "xlink:href", NULL };

	if (!html.attr[0])
		die("no attribute name right before =");
	if (!strncmp(html.attr, "on", 2) || one_of(html.attr, refused))
		die("attribute %s is not allowed: no inline script or style", html.attr);
	if (!strcmp(html.attr, "http-equiv")) {
		html.equiv = true;
		if (html.dynamic_content)
			die("http-equiv with a content that is not literal");
	}
	html.quote = quote;
	html.ctx = one_of(html.attr, url) ? URL : ATTR;
	html.url[0] = 0;
	html.dynamic_url = false;
}

static void tag_char(const char *p)
{
	size_t n = strlen(html.word);
	char c = *p;

	if (c == '>') {
		tag_end();
	} else if (c == '=') {
		if (p[1] != '"' && p[1] != '\'')
			die("unquoted attribute value");
		if (html.word[0] == '!')
			die("a name ends after the end of a block");
		strcpy(html.attr, html.word);
	} else if (c == '"' || c == '\'') {
		attr_begin(c);
		html.word[0] = 0;
	} else if (c == '/') {
		html.self_closing = p[1] == '>';
	} else if (isspace((unsigned char)c)) {
		html.word[0] = 0;
	} else if (html.word[0] == '!') {
		die("a name goes on after the end of a block");
	} else if (html.word[0] != '<') {
		if (n + 1 == sizeof html.word)
			die("attribute name too long");
		html.word[n] = (char)tolower((unsigned char)c);
		html.word[n + 1] = 0;
	}
}

static void url_char(char c)
{
	size_t n = strlen(html.url);

	if (n + 1 == sizeof html.url)
		die("address too long");
	if (!html.dynamic_url) {
		html.url[n] = c;
		html.url[n + 1] = 0;
	}
	if (!strncmp(html.url, "javascript:", 11) || !strncmp(html.url, "data:", 5))
		die("address %s... is not allowed", html.url);
}

void html_char(const char *p)
{
	switch (html.ctx) {
	case TEXT:
		tag_begin(p);
		return;
	case TAG:
		tag_char(p);
		return;
	case URL: case ATTR:
		if (*p == html.quote)
			html.ctx = TAG, html.quote = html.attr[0] = 0;
		else if (html.ctx == URL)
			url_char(*p);
		return;
	case RAW:
		if (*p == '<' && p[1] == '/') {
			html = (struct html){ .ctx = TEXT };
			tag_begin(p);
		} else if (!isspace((unsigned char)*p)) {
			die("inline script or style");
		}
	}
}

void html_url_check(const char *what)
{
	const char *u = html.url;
	bool own = (u[0] == '/' && u[1] != '/' && u[1] != '\\') || u[0] == '#' || u[0] == '?';
	bool host = !strncmp(u, "https://", 8) && strchr(u + 8, '/');

	if (!html.dynamic_url && u[0] && !own && !host && strcmp(u, "tel:") && strcmp(u, "mailto:"))
		die("{{%s}} after \"%s\": an address begins with / or ends its host before it takes a value", what, u);
}
