#ifndef FILE_SOURCE_H
#define FILE_SOURCE_H
#include "base/rc.h"
#include "base/value.h"

/* The bytes of a file wherever they lie, read in pieces: nobody holds the file whole. */
struct file_source {
	uint64_t size;
	enum rc (*piece)(void *from, uint64_t at, const uint8_t **p, size_t *n);	/* n bytes or more than none from `at` on, at < size; good until the next call */
	void *from;
	enum rc rc;			/* the first that went wrong */
};

/* n bytes from `at` on; false: the file has less, or reading failed (rc). */
bool file_read(struct file_source *s, uint64_t at, void *to, size_t n);
/* All bytes from `at` to `end`, piece by piece, as long as `each` says true. */
bool file_walk(struct file_source *s, uint64_t at, uint64_t end, bool (*each)(void *arg, const uint8_t *p, size_t n), void *arg);

static inline uint32_t file_be32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static inline uint32_t file_be16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }
static inline uint32_t file_le16(const uint8_t *p) { return (uint32_t)p[1] << 8 | p[0]; }
static inline uint32_t file_le32(const uint8_t *p) { return file_le16(p + 2) << 16 | file_le16(p); }
#endif
