#ifndef VIEW_POSTING_H
#define VIEW_POSTING_H
#include "view/list.h"

/* What was booked about something, for finance. */
#define POSTING(V, L, M, H)      \
	V(journal_kind, kind)    \
	V(account_kind, account) \
	V(text, owner)           \
	V(money, amount)         \
	V(instant, at)
VIEW_STRUCT(posting, POSTING)
#define BOOKED(V, L, M, H) L(posting, items)
VIEW_STRUCT(booked, BOOKED)
typedef const struct view_booked *view_type_booked;
#endif
