#include "base/out.h"
#include "base/str.h"
#include "file/file.h"

#include <strings.h>

/* The first ending is given to a name that has none. */
static const struct { const char *media, *endings[8]; } kinds[] = {
	[FILE_PDF]  = { "application/pdf", { "pdf" } },
	[FILE_DOCX] = { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", { "docx" } },
	[FILE_XLSX] = { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", { "xlsx" } },
	[FILE_PPTX] = { "application/vnd.openxmlformats-officedocument.presentationml.presentation", { "pptx" } },
	[FILE_DOC]  = { "application/msword", { "doc", "wps" } },
	[FILE_XLS]  = { "application/vnd.ms-excel", { "xls", "et" } },
	[FILE_PPT]  = { "application/vnd.ms-powerpoint", { "ppt", "dps" } },
	[FILE_PNG]  = { "image/png", { "png" } },
	[FILE_JPEG] = { "image/jpeg", { "jpg", "jpeg" } },
	[FILE_GIF]  = { "image/gif", { "gif" } },
	[FILE_WEBP] = { "image/webp", { "webp" } },
	[FILE_TEXT] = { "text/plain", { "txt", "csv", "md", "log", "json", "yaml", "yml" } },
	[FILE_ZIP]  = { "application/zip", { "zip" } },
};

const char *file_media(enum file_type t) { return kinds[t].media; }

/* Turns of direction, marks that nobody sees, and what is not a character: they make one name look like another. */
static bool unseen(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
		(c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xffff) || c >= 0xe0000;
}

static size_t length(uint8_t c) { return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4; }

static uint32_t code(const char *s, size_t n)
{
	uint32_t c = (uint8_t)s[0] & (n == 1 ? 0x7f : 0xff >> (n + 1));

	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((uint8_t)s[i] & 0x3f);
	return c;
}

static const char *last_part(const char *s)
{
	for (const char *p; (p = strpbrk(s, "/\\"));)
		s = p + 1;
	return s;
}

static bool at_edge(char c) { return c == '.' || c == ' ' || c == '_'; }

/* Names that Windows keeps for devices. */
static bool of_a_device(const char *s)
{
	static const char *const names[] = { "con", "prn", "aux", "nul" };
	size_t n = strcspn(s, ".");

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (n == 3 && !strncasecmp(s, names[i], 3))
			return true;
	return n == 4 && (!strncasecmp(s, "com", 3) || !strncasecmp(s, "lpt", 3)) && s[3] >= '0' && s[3] <= '9';
}

/* A short ending stays when the name is cut. */
static const char *cut(struct arena *a, const char *s)
{
	const char *dot = strrchr(s, '.');
	size_t n = strlen(s), end = dot && strlen(dot) <= 8 ? strlen(dot) : 0, keep = FILE_NAME_MAX - end;

	if (n <= FILE_NAME_MAX)
		return s;
	while (((uint8_t)s[keep] & 0xc0) == 0x80)
		keep--;
	return arena_printf(a, "%s%s", arena_dup(a, s, keep), end ? dot : "");
}

const char *file_name_safe(struct arena *a, const char *sent)
{
	if (!str_utf8(sent, strlen(sent)))
		return "file";
	const char *s = last_part(sent);
	char *to = arena_alloc(a, strlen(s) + 2), *p = to + 1;
	for (size_t n; *s; s += n) {
		n = length((uint8_t)*s);
		if (unseen(code(s, n)))
			continue;
		memcpy(p, s, n);
		if (strchr("<>:\"|?*", *p))
			*p = '_';
		p += n;
	}
	while (p > to + 1 && at_edge(p[-1]))
		p--;
	*p = 0;
	char *name = to + 1;
	while (at_edge(*name))
		name++;
	if (of_a_device(name))
		*--name = '_';
	return *name ? cut(a, name) : "file";
}

const char *file_name_as(struct arena *a, const char *name, enum file_type t)
{
	const char *dot = strrchr(name, '.'), *const *e = kinds[t].endings;

	if (!dot)
		return arena_printf(a, "%s.%s", name, *e);
	for (; *e; e++)
		if (!strcasecmp(dot + 1, *e))
			return name;
	return NULL;
}

const char *file_endings(struct arena *a)
{
	const char *all = "";

	for (int t = 1; t <= file_type_enum.n; t++)
		for (const char *const *e = kinds[t].endings; *e; e++)
			all = arena_printf(a, "%s%s.%s", all, *all ? "," : "", *e);
	return all;
}

/* The letters of attr-char in RFC 5987. */
static bool plain(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c && strchr("!#$&+-.^_`|~", c)); }

const char *file_disposition(struct arena *a, const char *name)
{
	struct out o = { 0 };

	out_lit(&o, "attachment; filename=\"");
	for (const char *s = name; *s; s += length((uint8_t)*s)) {
		char c = plain(*s) || *s == ' ' ? *s : '_';
		out_bytes(&o, &c, 1);
	}
	out_lit(&o, "\"; filename*=UTF-8''");
	for (const char *s = name; *s; s++)
		if (plain(*s))
			out_bytes(&o, s, 1);
		else
			out_printf(&o, "%%%02X", (unsigned)(uint8_t)*s);
	const char *line = arena_dup(a, o.p, o.n);
	out_free(&o);
	return line;
}
