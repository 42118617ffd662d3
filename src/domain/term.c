#include "domain/term.h"

#include <stdint.h>

#include "base/str.h"

enum kind { GAP = 1, LETTER, CHINESE };
enum how { ALL_PAIRS = 1, COVER, SINGLE };

/* One character of the text: where it stands, and what it is written as in a term. */
struct glyph {
	char text[5];
	enum kind kind;
};

static size_t decode(const char *s, uint32_t *c)
{
	const unsigned char *p = (const unsigned char *)s;

	if (p[0] < 0x80)
		return *c = p[0], 1;
	if (p[0] < 0xe0)
		return *c = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu), 2;
	if (p[0] < 0xf0)
		return *c = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu), 3;
	return *c = (p[0] & 7u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu), 4;
}

static enum kind kind_of(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7))
		return LETTER;
	if ((c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff))
		return CHINESE;
	return GAP;
}

static size_t glyph_at(const char *s, struct glyph *g)
{
	uint32_t c;
	size_t n = decode(s, &c);

	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	g->kind = kind_of(c);
	if (c < 0x80) {
		g->text[0] = (char)c;
		g->text[1] = '\0';
	} else {
		memcpy(g->text, s, n);
		g->text[n] = '\0';
	}
	return n;
}

struct terms {
	struct arena *a;
	const char **to;
	size_t n, max;
	enum how how;
};

static void add(struct terms *t, const char *term)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->to[i], term))
			return;
	if (t->n < t->max)
		t->to[t->n++] = arena_strdup(t->a, term);
}

/* The word that begins at s; returns where it ends. */
static const char *take_word(struct terms *t, const char *s)
{
	char word[TERM_CHARS * 4 + 1];
	struct glyph g;
	size_t len = 0, chars = 0, n;

	for (; *s && (n = glyph_at(s, &g), g.kind == LETTER); s += n)
		if (chars++ < TERM_CHARS) {
			memcpy(word + len, g.text, strlen(g.text));
			len += strlen(g.text);
		}
	word[len] = '\0';
	add(t, word);
	return s;
}

static const char *take_chinese(struct terms *t, const char *s)
{
	struct glyph g, next;
	const char *pair = NULL;
	size_t pairs = 0;

	s += glyph_at(s, &g);
	if (t->how == SINGLE)
		add(t, g.text);
	for (; *s; g = next, pairs++) {
		size_t n = glyph_at(s, &next);
		if (next.kind != CHINESE)
			break;
		pair = arena_printf(t->a, "%s%s", g.text, next.text);
		if (t->how == SINGLE)
			add(t, next.text);
		else if (t->how == ALL_PAIRS || pairs % 2 == 0)
			add(t, pair);
		s += n;
	}
	if (!pairs)
		add(t, g.text);
	else if (t->how == COVER)
		add(t, pair);
	return s;
}

static size_t split(struct arena *a, const char *text, enum how how, const char **terms, size_t max)
{
	struct terms t = { .a = a, .to = terms, .max = max, .how = how };
	struct glyph g;

	while (*text && t.n < max) {
		size_t n = glyph_at(text, &g);
		text = g.kind == LETTER ? take_word(&t, text) : g.kind == CHINESE ? take_chinese(&t, text) : text + n;
	}
	return t.n;
}

size_t term_split(struct arena *a, const char *text, const char **terms, size_t max) { return split(a, text, ALL_PAIRS, terms, max); }
size_t term_cover(struct arena *a, const char *text, const char **terms, size_t max) { return split(a, text, COVER, terms, max); }
size_t term_single(struct arena *a, const char *text, const char **terms, size_t max) { return split(a, text, SINGLE, terms, max); }
