#ifndef WEB_CURSOR_H
#define WEB_CURSOR_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* Where a page of a list ends: the keys of its last row, opaque to readers (IFC-2). */
enum { CURSOR_KEYS = 2, CURSOR_TEXT = 16 * CURSOR_KEYS };

const char *cursor_write(struct arena *a, const uint64_t *keys, size_t n);
/* NULL and "" are the beginning: the keys stay as they are.  RC_MALFORMED: not a cursor of n keys. */
MUST_USE enum rc cursor_read(const char *text, uint64_t *keys, size_t n);
#endif
