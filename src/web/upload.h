#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H
#include "web/web.h"

/* Reads the body of a form with files as it comes (route.h, .files), in bounded memory: each file becomes a draft attachment of the person (app/attachment.h)
 * and its field the draft's id, as if a draft that was there before had been chosen: a row IDS of the form takes both.  The form token stands before the
 * files.  Files that are not taken are errors at their field; the others stay drafts, so that they need not come again. */
enum { FILES_BODY_MAX = 256 << 20 };
enum rc upload_read(struct web *w) MUST_USE;
#endif
