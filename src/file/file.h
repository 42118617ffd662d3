#ifndef FILE_FILE_H
#define FILE_FILE_H
#include "base/arena.h"
#include "domain/enums.h"
#include "file/source.h"

/* What a file is, told by its bytes and never by what was said of it (DEL-12); and what it may be called. */

/* Looks at the whole file: its form from the first byte to the last, so that nothing else rides in it; a zip is unpacked into nothing, to see that it
 * is what it says.  Memory from the arena is given back.
 * 0: *type is what it is; otherwise what is wrong with it.  s->rc tells whether reading failed. */
enum file_problem file_look(struct file_source *s, struct arena *a, enum file_type *type);

/* The parts of it, each for files that begin so; at 0 of a file of at least FILE_HEAD bytes or its size. */
bool file_is_png(struct file_source *s);
bool file_is_jpeg(struct file_source *s);
bool file_is_gif(struct file_source *s);
bool file_is_webp(struct file_source *s);
bool file_is_pdf(struct file_source *s);
bool file_is_text(struct file_source *s);
/* The old Office formats (OLE); 0: none of them. */
enum file_type file_ole_type(struct file_source *s);

/* What Content-Type says of it. */
const char *file_media(enum file_type t);

/* A name as it was sent, made safe: the last part of a path, clean UTF-8 without what a file system, a header or a reader's eye could stumble over
 * (control characters, turns of direction, <>:"/\|?*), at most FILE_NAME_MAX bytes; never empty, no "." in front or behind. */
enum { FILE_NAME_MAX = 180 };
const char *file_name_safe(struct arena *a, const char *sent);
/* The name with an ending of the type: one that has none gets it; NULL: it has another. */
const char *file_name_as(struct arena *a, const char *name, enum file_type t);
/* For `accept` of an input: ".pdf,.docx,…". */
const char *file_endings(struct arena *a);
/* Content-Disposition: attachment, with the name in both forms (RFC 6266, RFC 5987).  Also of a name that nobody made safe. */
const char *file_disposition(struct arena *a, const char *name);
#endif
