#ifndef APP_DEMO_ROWS_H
#define APP_DEMO_ROWS_H
#include "app/demo_batch.h"
#include "app/demo_story.h"
#include "crypto/seal.h"

/* Writes down a story as the use cases would have: order, payment, books, delivery, history. */
struct demo_writer {
	struct cx *cx;
	struct demo_batch *batch;
	struct seal_key key;
	struct instant now;
};
void demo_write(struct demo_writer *w, const struct demo_story *s);
#endif
