#include "file/file.h"
#include "file/zip.h"

enum { HEAD = 1024, TAIL = 1024 };

static bool has(const uint8_t *p, size_t n, const char *text) { return memmem(p, n, text, strlen(text)); }
static bool begins(const uint8_t *p, size_t n, const char *text, size_t len) { return n >= len && !memcmp(p, text, len); }
#define BEGINS(text) begins(head, n, text, sizeof(text) - 1)

/* It ends with its mark, and after it nothing but ends of lines. */
bool file_is_pdf(struct file_source *s)
{
	uint8_t tail[TAIL];
	size_t n = s->size < TAIL ? (size_t)s->size : TAIL;

	if (!file_read(s, s->size - n, tail, n))
		return false;
	while (n && (tail[n - 1] == '\n' || tail[n - 1] == '\r' || tail[n - 1] == ' ' || !tail[n - 1]))
		n--;
	return n >= 5 && !memcmp(tail + n - 5, "%%EOF", 5);
}

static enum file_problem checked(struct file_source *s, bool whole)
{
	if (!whole)
		return s->rc == RC_OK ? FILE_DAMAGED : FILE_KIND;
	return file_zip_ends(s) ? FILE_MIXED : 0;
}

static enum file_problem look_at_picture(struct file_source *s, const uint8_t *head, size_t n, enum file_type t, bool (*is)(struct file_source *), enum file_type *type)
{
	enum file_problem wrong = checked(s, is(s));

	*type = t;
	return wrong ? wrong : has(head, n, "%PDF-") ? FILE_MIXED : 0;
}

static enum file_problem look_at_zip(struct file_source *s, struct arena *a, enum file_type *type)
{
	struct file_zip zip;
	enum file_problem wrong = file_zip_read(s, a, &zip);

	*type = !zip.content_types ? FILE_ZIP : zip.word ? FILE_DOCX : zip.sheet ? FILE_XLSX : zip.slides ? FILE_PPTX : FILE_ZIP;
	return wrong;
}

enum file_problem file_look(struct file_source *s, struct arena *a, enum file_type *type)
{
	uint8_t head[HEAD];
	size_t n = s->size < HEAD ? (size_t)s->size : HEAD;

	*type = 0;
	if (!n)
		return FILE_EMPTY;
	if (!file_read(s, 0, head, n))
		return FILE_KIND;
	if (BEGINS("\x89PNG\r\n\x1a\n"))
		return look_at_picture(s, head, n, FILE_PNG, file_is_png, type);
	if (BEGINS("\xff\xd8\xff"))
		return look_at_picture(s, head, n, FILE_JPEG, file_is_jpeg, type);
	if (BEGINS("GIF87a") || BEGINS("GIF89a"))
		return look_at_picture(s, head, n, FILE_GIF, file_is_gif, type);
	if (BEGINS("RIFF"))
		return look_at_picture(s, head, n, FILE_WEBP, file_is_webp, type);
	if (BEGINS("PK\3\4"))
		return look_at_zip(s, a, type);
	if (BEGINS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		*type = file_ole_type(s);
		return *type ? checked(s, true) : FILE_KIND;
	}
	*type = BEGINS("%PDF-") ? FILE_PDF : FILE_TEXT;
	if (*type == FILE_PDF)
		return checked(s, file_is_pdf(s));
	return file_is_text(s) ? 0 : FILE_KIND;
}
