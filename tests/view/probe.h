#ifndef TESTS_VIEW_PROBE_H
#define TESTS_VIEW_PROBE_H
#include "view/page.h"

/* A model with a value of each type, for the tests of what is printed where. */
#define PROBE_ITEM(V, L, M, H) V(text, name) V(i64, n)
VIEW_STRUCT(probe_item, PROBE_ITEM)
#define PROBE(V, L, M, H)        \
	V(text, words)           \
	V(i64, number)           \
	V(u64, id)               \
	V(bool, flag)            \
	V(money, amount)         \
	V(instant, at)           \
	V(date, day)             \
	V(order_state, state)    \
	H(msg, title)            \
	H(text, secret)          \
	L(probe_item, items)     \
	M(probe_item, best)
VIEW_STRUCT(probe, PROBE)

void tpl_tpl_probe(struct out *o, const struct view_probe *m, const struct view_page *page);
#endif
