#ifndef VIEW_PHRASE_H
#define VIEW_PHRASE_H
#include "domain/price.h"
#include "view/msg.h"

/* Short phrases made of values, in the reader's language; they live in the arena. */

/* 1 年, 3 个月, 7 天; "" for no unit. */
const char *phrase_duration(struct arena *a, enum lang lang, int64_t n, enum time_unit unit);
/* 专业版 · 5 账号 · 1 年: what was chosen, on one line; parts that say nothing are left out. */
struct phrase_plan { const char *plan, *unit; uint64_t quantity; int64_t duration; enum time_unit duration_unit; };
const char *phrase_plan(struct arena *a, enum lang lang, const struct phrase_plan *p);
/* What a step of a price is called: 系统盘: 100 GB, 时长优惠. */
const char *phrase_price_line(struct arena *a, enum lang lang, const struct price_line *l);
/* 23 小时 59 分: how long until then, rounded down to minutes, its two largest parts; "" when it is over. */
const char *phrase_left(struct arena *a, enum lang lang, struct instant now, struct instant until);

/* Who did something, as the audit log names it: the system and the channels in words, a person by name. */
const char *phrase_actor(enum lang lang, const char *name);

/* Why something happened, as the audit log has it: what the system gives as its reason in words, what a person wrote as it is. */
const char *phrase_why(enum lang lang, const char *why);

/* Chrome · Windows: browser and system by the User-Agent that a browser sends; NULL: none that is known. */
const char *phrase_agent(struct arena *a, const char *agent);

/* The tone in which a state is shown: "info", "ok", "warn", "bad" or "". */
const char *tone_order(enum order_state s);
const char *tone_payment(enum payment_state s);
const char *tone_resource(enum resource_state s);
#endif
