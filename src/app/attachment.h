#ifndef APP_ATTACHMENT_H
#define APP_ATTACHMENT_H
#include "app/work.h"
#include "file/file.h"
#include "q_attachment.h"

/* Files that people send with a step (DEL-12).  They come in piece by piece, are looked at whole, and are then drafts of the person who sent them, for
 * a day; a step keeps its drafts in its own transaction.  What did not come whole, was not taken, or belongs to no step in time is swept. */

enum { ATTACHMENT_MAX = 10, ATTACHMENT_BYTES_MAX = 20 << 20, ATTACHMENT_PIECE = 256 << 10, ATTACHMENT_DRAFTS_MAX = 100 };

/* -- coming in: begin, add …, and end or drop; each writes by transactions of its own, one of a piece at most -- */

struct attachment_in;
/* RC_TOO_MANY: the person has ATTACHMENT_DRAFTS_MAX already that belong to no step. */
MUST_USE enum rc attachment_begin(struct cx *cx, const char *sent_name, struct attachment_in **out);
MUST_USE enum rc attachment_add(struct attachment_in *in, const void *p, size_t n);
/* The whole has come.  id 0: it is not taken, for that reason. */
struct attachment_taken { uint64_t id; enum file_problem problem; unsigned char hash[32]; };
MUST_USE enum rc attachment_end(struct attachment_in *in, struct attachment_taken *out);
void attachment_drop(struct attachment_in *in);

/* -- kept -- */

struct attachment_of {
	enum attachment_owner kind;	/* the step that it belongs to … */
	uint64_t id;
	uint64_t delivery;		/* … of that delivery */
	uint64_t buyer, provider;	/* the organisations concerned, who may read it; and the platform */
};
/* Drafts of the actor become the step's, in its transaction.  RC_NOT_FOUND: one is none of the actor's, or not any more. */
MUST_USE enum rc attachment_keep(struct work *w, const struct attachment_of *of, const uint64_t *drafts, size_t n);

/* -- going out -- */

/* Bytes from `at` on, in pieces: good until the next call, or until the arena is released. */
struct attachment_out { struct cx *cx; uint64_t id, nth; uint8_t *p; size_t n; };
MUST_USE enum rc attachment_piece(void *out, uint64_t at, const uint8_t **p, size_t *n);

/* -- the job -- */

/* What is over goes, a few at a time: first so that nobody can keep it, then its pieces, then the row; a crash leaves the rest to the next. */
MUST_USE enum rc attachment_sweep(struct cx *cx, bool *more);
#endif
