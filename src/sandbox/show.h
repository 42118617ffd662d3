#ifndef SANDBOX_SHOW_H
#define SANDBOX_SHOW_H
#include "msg_ids.h"
#include "sandbox/page.h"
#include "view/page.h"
#include "sandbox/sandbox.h"
#include "view/sandbox.h"

/* What the sandbox's pages are made of. */

extern const uint16_t show_fault_msg[FAULT__MAX];	/* labels of pay_fault_enum */
const char *show_text(const struct visit *v, enum msg id);
/* The answer's body, its head written. */
struct out *show_body(struct visit *v, int status);
struct view_page *show_frame(struct visit *v, enum msg title);
/* To a person 303, to a program {}. */
void show_see(struct visit *v, const char *path);
/* A select with one option for each value of an enum. */
struct view_field *show_choice(struct visit *v, const char *name, enum msg label, enum msg hint, const struct enum_def *values, const uint16_t *labels,
			       int chosen);
struct view_field *show_field(struct visit *v, const char *name, enum msg label, enum msg hint, const char *type, const char *value);
static inline struct instant show_at(int64_t ms) { return (struct instant){ ms * 1000 }; }
static inline int show_value(const struct enum_def *values, const char *name) { return enum_of(values, name, strlen(name)); }

/* A model as the page or the document that was asked for. */
#define SHOW(v, stem, title, model)                                                     \
	do {                                                                            \
		struct out *o_ = show_body((v), 200);                                        \
		if ((v)->json)                                                          \
			json_sandbox_##stem(o_, (model));                               \
		else                                                                    \
			tpl_sandbox_##stem(o_, (model), show_frame((v), MSG_sandbox_##title)); \
	} while (0)
#endif
