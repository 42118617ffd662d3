#include "base/config.h"

#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/str.h"
#include "base/time.h"

enum kind { TEXT, LIST, NUM, BOOL, SECRET };
struct setting {
	const char *section, *name, *def, *help;
	enum kind kind;
	int64_t lo, hi;
	size_t off;
};
static const struct setting settings[] = {
#define C(s, n, k, d, l, h, t) { #s, #n, d, t, k, l, h, offsetof(struct config, s##_##n) },
#include "base/config.def"
#undef C
};
enum { SETTINGS = sizeof settings / sizeof *settings, SECRET_FILE_MAX = 4096 };

struct reading {
	struct arena *a;
	struct config *c;
	const char *why;
};

static const char *set_text(const struct setting *s, const char *v, char *at, struct arena *a)
{
	size_t n = strlen(v);

	if (!str_utf8(v, n) || str_control(v, false))
		return "is not plain UTF-8 text";
	if ((int64_t)n < s->lo || (int64_t)str_chars(v) > s->hi)
		return "is too short or too long";
	*(const char **)at = arena_strdup(a, v);
	return NULL;
}

static const char *set_num(const struct setting *s, const char *v, char *at)
{
	int64_t n;

	if (!str_i64(v, &n))
		return "is not a whole number";
	if (n < s->lo || n > s->hi)
		return "is out of range";
	*(int64_t *)at = n;
	return NULL;
}

static const char *set_bool(const char *v, char *at)
{
	bool yes = str_eq(v, "yes");

	if (!yes && !str_eq(v, "no"))
		return "is neither yes nor no";
	*(bool *)at = yes;
	return NULL;
}

/* NULL when the value was taken. */
static const char *set(const struct setting *s, const char *v, struct config *c, struct arena *a)
{
	char *at = (char *)c + s->off;

	switch (s->kind) {
	case TEXT: case LIST: case SECRET: return set_text(s, v, at, a);
	case NUM: return set_num(s, v, at);
	case BOOL: return set_bool(v, at);
	}
	return "has no kind";
}

/* The first line of a file that nobody else may read. */
static const char *set_from_file(const struct setting *s, const char *path, struct config *c, struct arena *a)
{
	char line[SECRET_FILE_MAX];
	struct stat st;
	FILE *f = fopen(path, "re");

	if (!f)
		return "names a file that cannot be read";
	bool ok = !fstat(fileno(f), &st) && !(st.st_mode & 077) && fgets(line, sizeof line, f);
	fclose(f);
	if (!ok)
		return "names a file that is empty or that others may read (mode 0400 or 0600 is needed)";
	line[strcspn(line, "\r\n")] = 0;
	return set(s, line, c, a);
}

static const struct setting *find(const char *section, const char *name, bool *file)
{
	size_t n = strlen(name);

	*file = n > 5 && str_eq(name + n - 5, "_file");
	for (int i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];
		if (!str_eq(s->section, section))
			continue;
		if (str_eq(s->name, name)) {
			*file = false;
			return s;
		}
		if (*file && s->kind == SECRET && strlen(s->name) == n - 5 && !strncmp(s->name, name, n - 5))
			return s;
	}
	return NULL;
}

/* A list may stand in several lines: each adds to it. */
static const char *add(const struct setting *s, const char *v, struct config *c, struct arena *a)
{
	const char *before = s->kind == LIST ? *(const char **)((char *)c + s->off) : "";

	return set(s, *before ? arena_printf(a, "%s, %s", before, v) : v, c, a);
}

/* inih's callback: 0 makes this line the one that ini_parse returns. */
static int take(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *r = arg;
	bool file;
	const struct setting *s = find(section, name, &file);
	const char *why = !s ? "is not a setting" : s->kind == SECRET && !file ? "is a secret: name a file by its _file setting" :
		file ? set_from_file(s, value, r->c, r->a) : add(s, value, r->c, r->a);

	if (!why || r->why)
		return 1;
	r->why = arena_printf(r->a, "%s.%s %s", section, name, why);
	return 0;
}

static bool take_environment(struct reading *r)
{
	for (int i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];
		for (int file = 0; file <= (s->kind == SECRET); file++) {
			char *key = arena_printf(r->a, "YUNSHI_%s_%s%s", s->section, s->name, file ? "_FILE" : "");
			for (char *p = key; *p; p++)
				if (*p >= 'a' && *p <= 'z')
					*p = (char)(*p - 32);
			const char *v = getenv(key);
			const char *why = !v ? NULL : file ? set_from_file(s, v, r->c, r->a) : set(s, v, r->c, r->a);
			if (why) {
				r->why = arena_printf(r->a, "environment: %s %s", key, why);
				return false;
			}
		}
	}
	return true;
}

bool config_read(struct arena *a, const char *path, struct config *c, const char **why)
{
	struct reading r = { .a = a, .c = c };

	*c = (struct config){ 0 };
	for (int i = 0; i < SETTINGS; i++)
		if (set(&settings[i], settings[i].def, c, a))
			abort();
	int line = path ? ini_parse(path, take, &r) : 0;
	if (line < 0)
		r.why = arena_printf(a, "%s: cannot be read", path);
	else if (line > 0)
		r.why = arena_printf(a, "%s:%d: %s", path, line, r.why ? r.why : "is neither a [section] nor name = value");
	bool ok = !r.why && take_environment(&r);
	*why = r.why;
	return ok;
}

void config_example(struct out *o)
{
	const char *section = "";

	out_lit(o, "# Settings of Yunshi.  A setting can also come from the environment: YUNSHI_<SECTION>_<NAME>.\n"
		   "# A secret stands in a file of its own that only its reader may read, named by <name>_file.\n");
	for (int i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];
		if (!str_eq(section, s->section)) {
			section = s->section;
			out_lit(o, "\n[");
			out_str(o, section);
			out_lit(o, "]\n");
		}
		out_lit(o, "# ");
		out_str(o, s->help);
		out_lit(o, "\n;");
		out_str(o, s->name);
		out_str(o, s->kind == SECRET ? "_file =" : " = ");
		out_str(o, s->def);
		out_lit(o, "\n");
	}
}

static int64_t read_shift(const char *path)
{
	char line[32];
	int64_t us = 0;
	FILE *f = fopen(path, "re");

	if (!f)
		return 0;
	if (fgets(line, sizeof line, f)) {
		line[strcspn(line, "\r\n")] = 0;
		if (!str_i64(line, &us) || us < 0)
			us = 0;
	}
	fclose(f);
	return us;
}

bool config_apply(const struct config *c, const char **why)
{
	*why = !time_zone_set(c->platform_timezone) ? "platform.timezone is not a zone that is known" :
	       !strchr("DIWE", *c->platform_log_level) ? "platform.log_level is none of D, I, W, E" :
	       *c->platform_clock_file && !c->platform_development ? "platform.clock_file is for development only (NUM-6)" : NULL;
	if (*why)
		return false;
	log_level(*c->platform_log_level);
	config_clock(c);
	return true;
}

void config_clock(const struct config *c)
{
	if (*c->platform_clock_file)
		clock_shift(read_shift(c->platform_clock_file));
}
