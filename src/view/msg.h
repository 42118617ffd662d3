#ifndef VIEW_MSG_H
#define VIEW_MSG_H
#include "base/arena.h"
#include "base/out.h"
#include "base/pair.h"
#include "base/rc.h"
#include "domain/enums.h"
#include "msg_ids.h"

/* Messages: texts of templates/po in the reader's language, compiled in.  The message with the key `order_list.title` is
 * MSG_order_list_title; the label of an enum's value has the key <enum>.<value>, a result code's texts error.<code> and
 * error.<code>.help. */

extern const char *const msg_texts[LANG__MAX][MSG__MAX];
extern const char *const msg_keys[MSG__MAX];
/* By its key, for layers below this one, which name messages so; a key that is none is a bug. */
enum msg msg_of(const char *key);

/* "" for MSG_NONE.  A language that is not set is Chinese (IFC-6). */
static inline const char *msg_text(enum lang lang, enum msg id) { return msg_texts[lang ? lang : LANG_ZH_CN][id]; }

/* The text with its placeholders filled: each must have its pair (a missing one is a bug). */
const char *msg_fill(struct arena *a, enum lang lang, enum msg id, const struct pair *args, size_t n);
#define MSG_FILL(a, lang, id, ...) \
	msg_fill((a), (lang), (id), (const struct pair[]){ __VA_ARGS__ }, sizeof((const struct pair[]){ __VA_ARGS__ }) / sizeof(struct pair))

static inline enum msg msg_error(enum rc rc) { return (enum msg)error_msg[rc]; }
static inline enum msg msg_error_help(enum rc rc) { return (enum msg)error_help_msg[rc]; }

/* For generated templates.  Prints up to the next placeholder, escaped; false at the end of the text. */
bool msg_until(struct out *o, const char **at);
/* True, and past it, when the placeholder here is that one.  known: the constant that proves that the message has it. */
bool msg_hole(const char **at, const char *name, int known);
#endif
