#include "file/zip.h"

#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

enum { END = 22, COMMENT_MAX = 65535, CENTRAL = 46, LOCAL = 30, WINDOW = 64 << 10 };
enum { FLAG_ENCRYPTED = 1, FLAG_BEHIND = 8, STORED = 0, DEFLATED = 8 };

struct entry { uint32_t at, packed, size, crc, method, flags, name_n; const uint8_t *name; };
struct reading { struct file_source *s; struct arena *a; struct entry *e; size_t n; uint64_t directory, directory_n; };

/* The end of the directory, which has a comment behind it up to the end of the file. */
static bool find_end(struct file_source *s, struct arena *a, uint8_t end[END], uint64_t *at)
{
	size_t n = s->size < END + COMMENT_MAX ? (size_t)s->size : END + COMMENT_MAX, mark = arena_mark(a);
	uint8_t *tail = arena_alloc(a, n);
	bool found = false;

	if (n >= END && file_read(s, s->size - n, tail, n))
		for (size_t i = n - END + 1; i-- && !found;)
			if (!memcmp(tail + i, "PK\5\6", 4) && i + END + file_le16(tail + i + 20) == n) {
				memcpy(end, tail + i, END);
				*at = s->size - n + i;
				found = true;
			}
	arena_release(a, mark);
	return found;
}

struct ending { uint64_t left; uint8_t last[END]; size_t n; bool found; };

/* A byte at a time through a window as long as the end is; `left` is what follows the window. */
static bool look(void *arg, const uint8_t *p, size_t n)
{
	struct ending *e = arg;

	for (size_t i = 0; i < n && !e->found; i++) {
		if (e->n == END)
			memmove(e->last, e->last + 1, END - 1);
		e->last[e->n < END ? e->n++ : END - 1] = p[i];
		e->left--;
		e->found = e->n == END && e->last[0] == 'P' && !memcmp(e->last, "PK\5\6", 4) && file_le16(e->last + 20) == e->left;
	}
	return !e->found;
}

bool file_zip_ends(struct file_source *s)
{
	struct ending e = { .left = s->size < END + COMMENT_MAX ? s->size : END + COMMENT_MAX };

	file_walk(s, s->size - e.left, s->size, look, &e);
	return e.found;
}

/* No path out of the folder that it is unpacked into. */
static bool stays_inside(const uint8_t *name, size_t n)
{
	if (!n || *name == '/' || memchr(name, 0, n) || memchr(name, '\\', n))
		return false;
	for (size_t i = 0; i + 1 < n; i++)
		if (name[i] == '.' && name[i + 1] == '.' && (!i || name[i - 1] == '/') && (i + 2 == n || name[i + 2] == '/'))
			return false;
	return true;
}

static bool called(const struct entry *e, const char *name) { return e->name_n == strlen(name) && !memcmp(e->name, name, e->name_n); }
static bool below(const struct entry *e, const char *folder) { return e->name_n > strlen(folder) && !memcmp(e->name, folder, strlen(folder)); }

static enum file_problem read_entry(const uint8_t *p, uint64_t left, struct entry *e, uint64_t *len)
{
	if (left < CENTRAL || memcmp(p, "PK\1\2", 4))
		return FILE_DAMAGED;
	*e = (struct entry){ .flags = file_le16(p + 8), .method = file_le16(p + 10), .crc = file_le32(p + 16), .packed = file_le32(p + 20),
		.size = file_le32(p + 24), .name_n = file_le16(p + 28), .at = file_le32(p + 42), .name = p + CENTRAL };
	*len = CENTRAL + (uint64_t)e->name_n + file_le16(p + 30) + file_le16(p + 32);
	if (*len > left || file_le16(p + 34) || !stays_inside(e->name, e->name_n))
		return FILE_DAMAGED;
	if (e->flags & FLAG_ENCRYPTED)
		return FILE_ENCRYPTED;
	return e->method == STORED || e->method == DEFLATED ? 0 : FILE_KIND;
}

static int by_place(const void *a, const void *b)
{
	uint32_t x = ((const struct entry *)a)->at, y = ((const struct entry *)b)->at;

	return x < y ? -1 : x > y;
}

/* The whole directory, and what its entries say that they unpack to. */
static enum file_problem read_directory(struct reading *r, struct file_zip *out)
{
	uint8_t *p = arena_alloc(r->a, r->directory_n);
	uint64_t left = r->directory_n, len, unpacked = 0;
	enum file_problem wrong;

	if (!file_read(r->s, r->directory, p, r->directory_n))
		return FILE_DAMAGED;
	r->e = ARENA_ARRAY(r->a, struct entry, r->n);
	for (size_t i = 0; i < r->n; i++, p += len, left -= len) {
		struct entry *e = &r->e[i];
		if ((wrong = read_entry(p, left, e, &len)))
			return wrong;
		unpacked += e->size;
		out->content_types |= called(e, "[Content_Types].xml");
		out->word |= below(e, "word/");
		out->sheet |= below(e, "xl/");
		out->slides |= below(e, "ppt/");
	}
	qsort(r->e, r->n, sizeof *r->e, by_place);
	if (left)
		return FILE_DAMAGED;
	return unpacked > ZIP_UNPACKED_MAX || (unpacked > 1 << 20 && unpacked > ZIP_RATIO_MAX * r->s->size) ? FILE_BOMB : 0;
}

/* What an entry unpacks to: counted and summed, never kept. */
struct unpacking { z_stream z; uint8_t *window; const struct entry *e; uint64_t size; uLong crc; int rc; bool too_much; };

static void *from_arena(void *a, uInt n, uInt size) { return arena_array(a, n, size); }
static void nothing(void *a, void *p) { (void)a; (void)p; }

static bool unpacked(struct unpacking *u, const uint8_t *p, size_t n)
{
	u->size += n;
	u->crc = crc32(u->crc, p, (uInt)n);
	u->too_much = u->size > u->e->size;
	return !u->too_much;
}

static bool stored(void *arg, const uint8_t *p, size_t n) { return unpacked(arg, p, n); }

static bool inflated(void *arg, const uint8_t *p, size_t n)
{
	struct unpacking *u = arg;

	u->z.next_in = p;
	u->z.avail_in = (uInt)n;
	do {
		u->z.next_out = u->window;
		u->z.avail_out = WINDOW;
		u->rc = inflate(&u->z, Z_NO_FLUSH);
		if ((u->rc != Z_OK && u->rc != Z_STREAM_END && u->rc != Z_BUF_ERROR) || !unpacked(u, u->window, WINDOW - u->z.avail_out))
			return false;
	} while (u->rc == Z_OK && (u->z.avail_in || !u->z.avail_out));
	return !u->z.avail_in;
}

static enum file_problem unpack(struct reading *r, const struct entry *e, uint64_t from)
{
	size_t mark = arena_mark(r->a);
	struct unpacking u = { .z = { .zalloc = from_arena, .zfree = nothing, .opaque = r->a }, .window = arena_alloc(r->a, WINDOW), .e = e, .crc = crc32(0, NULL, 0) };
	bool deflated = e->method == DEFLATED;

	if (deflated && inflateInit2(&u.z, -MAX_WBITS) != Z_OK)
		abort();
	bool good = file_walk(r->s, from, from + e->packed, deflated ? inflated : stored, &u);
	arena_release(r->a, mark);
	if (u.too_much)
		return FILE_BOMB;
	return good && u.size == e->size && u.crc == e->crc && (!deflated || u.rc == Z_STREAM_END) ? 0 : FILE_DAMAGED;
}

/* An entry that begins just where the one before ended.  *at: where this one ends. */
static enum file_problem walk_entry(struct reading *r, const struct entry *e, uint64_t next, uint64_t *at)
{
	uint8_t p[LOCAL], name[COMMENT_MAX];

	if (e->at != *at || !file_read(r->s, e->at, p, LOCAL) || memcmp(p, "PK\3\4", 4))
		return FILE_DAMAGED;
	uint32_t name_n = file_le16(p + 26);
	uint64_t from = e->at + LOCAL + (uint64_t)name_n + file_le16(p + 28), end = from + e->packed, gap = next - end;
	if (name_n != e->name_n || file_le16(p + 6) != e->flags || file_le16(p + 8) != e->method || end > next || !file_read(r->s, e->at + LOCAL, name, name_n) ||
	    memcmp(name, e->name, name_n))
		return FILE_DAMAGED;
	if (e->flags & FLAG_BEHIND ? gap != 12 && gap != 16 && gap != 20 && gap != 24 : gap)
		return FILE_DAMAGED;
	*at = next;
	return unpack(r, e, from);
}

static enum file_problem read_archive(struct reading *r, struct file_zip *out)
{
	enum file_problem wrong = read_directory(r, out);
	uint64_t at = 0;

	for (size_t i = 0; i < r->n && !wrong; i++)
		wrong = walk_entry(r, &r->e[i], i + 1 < r->n ? r->e[i + 1].at : r->directory, &at);
	return wrong;
}

enum file_problem file_zip_read(struct file_source *s, struct arena *a, struct file_zip *out)
{
	struct reading r = { .s = s, .a = a };
	size_t mark = arena_mark(a);
	uint8_t end[END];
	uint64_t at;

	*out = (struct file_zip){ 0 };
	if (!find_end(s, a, end, &at))
		return FILE_DAMAGED;
	r.n = file_le16(end + 10);
	r.directory_n = file_le32(end + 12);
	r.directory = file_le32(end + 16);
	if (file_le32(end + 4) || file_le16(end + 8) != r.n || !r.n || r.n > ZIP_ENTRIES_MAX || r.directory_n > ZIP_DIRECTORY_MAX || r.directory + r.directory_n != at)
		return FILE_DAMAGED;
	enum file_problem wrong = read_archive(&r, out);
	arena_release(a, mark);
	return wrong;
}
