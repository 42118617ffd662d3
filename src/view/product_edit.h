#ifndef VIEW_PRODUCT_EDIT_H
#define VIEW_PRODUCT_EDIT_H
#include "view/list.h"

/* Publishing: CAT-9.  What a provider writes about a product, and what an approver compares. */

/* One difference of two versions, in words. */
#define CHANGE(V, L, M, H) \
	V(text, where)     /* 标准版 › 1 年; "" for the product's own fields */ \
	V(text, field)     \
	V(text, before)    \
	V(text, after)     \
	V(bool, came)      /* a row that was not there */ \
	V(bool, went)
VIEW_STRUCT(change, CHANGE)
#define CHANGES(V, L, M, H) L(change, items)
VIEW_STRUCT(changes, CHANGES)
typedef const struct view_changes *view_type_changes;

/* The provider's products. */
#define PORTAL_PRODUCT(V, L, M, H)   \
	V(text, id)                  \
	V(text, slug)                \
	V(text, name)                \
	V(product_state, state)      \
	V(version_state, edit_state) \
	V(u64, version)              \
	V(text, category)            \
	V(delivery_mode, delivery)   \
	V(money, price_from)         \
	V(u64, deals)                \
	V(instant, created_at)       \
	V(instant, saved_at)         \
	H(text, category_name)       \
	H(text, picture)             \
	H(text, tone)                \
	H(bool, sells)               \
	H(bool, beside)              /* a version is open or refused beside what sells */
VIEW_STRUCT(portal_product, PORTAL_PRODUCT)

#define PORTAL_PRODUCTS(V, L, M, H) \
	L(portal_product, items)    \
	V(text, next)               \
	H(bool, may_edit)           \
	H(tabs, tabs)               \
	H(filter, filter)           \
	H(pager, pager)             \
	H(empty, empty)
VIEW_STRUCT(portal_products, PORTAL_PRODUCTS)

/* What is still to be done before it can be submitted, with the page where it is done. */
#define PRODUCT_LACK(V, L, M, H) \
	V(text, at)              \
	V(text, text)            \
	H(text, href)
VIEW_STRUCT(product_lack, PRODUCT_LACK)

#define PRODUCT_VERSION(V, L, M, H) \
	V(u64, version)             \
	V(version_state, state)     \
	V(instant, saved_at)        \
	V(text, saved_by)           \
	V(instant, submitted_at)    \
	V(text, submitted_by)       \
	V(instant, decided_at)      \
	V(text, reason)             \
	H(bool, sells)              \
	H(text, tone)               \
	H(text, href)
VIEW_STRUCT(product_version, PRODUCT_VERSION)

/* Something that is done by pressing a button. */
#define PRODUCT_ACT(V, L, M, H) \
	V(text, name)           \
	V(text, href)           \
	H(msg, label)           \
	H(u64, version)         \
	H(bool, primary)        \
	H(bool, danger)         \
	H(bool, asks)           /* a page that asks first: a link */
VIEW_STRUCT(product_act, PRODUCT_ACT)

#define PORTAL_SHOW(V, L, M, H)      \
	V(text, id)                  \
	V(text, slug)                \
	V(text, name)                \
	V(product_state, state)      \
	V(u64, version)              \
	V(u64, edit_version)         \
	V(version_state, edit_state) \
	V(text, reason)              \
	V(u64, deals)                \
	V(instant, listed_at)        \
	V(instant, created_at)       \
	V(instant, saved_at)         \
	V(text, saved_by)            \
	V(instant, submitted_at)     \
	L(product_lack, lacks)       \
	L(product_version, versions) \
	L(product_act, actions)      \
	H(text, tone)                \
	H(text, edit_tone)           \
	H(bool, sells)               \
	H(bool, draft)               /* it can be written, by this reader */ \
	H(bool, may_edit)
VIEW_STRUCT(portal_show, PORTAL_SHOW)

/* One version: what it changed against what sold before it. */
#define VERSION_SHOW(V, L, M, H) \
	V(text, id)              \
	V(text, name)            \
	V(u64, version)          \
	V(u64, before)           \
	V(version_state, state)  \
	V(text, reason)          \
	M(changes, changes)      \
	H(text, tone)
VIEW_STRUCT(version_show, VERSION_SHOW)

/* A row of a list in a form, and the list. */
#define EDIT_ROW(V, L, M, H) \
	V(i64, number)       \
	L(field, fields)     \
	H(text, drop)
VIEW_STRUCT(edit_row, EDIT_ROW)
#define EDIT_LIST(V, L, M, H) \
	V(text, name)         \
	V(text, label)        \
	V(text, error)        \
	L(edit_row, rows)     \
	H(text, hint)         \
	H(bool, room)
VIEW_STRUCT(edit_list, EDIT_LIST)

/* What lies below the page that is edited and has a page of its own: plans, options. */
#define EDIT_PART(V, L, M, H) \
	V(text, title)        \
	V(text, sub)          \
	V(text, href)         \
	H(text, tag)          \
	H(text, up)           /* address that moves it one place up; NULL: it is the first */
VIEW_STRUCT(edit_part, EDIT_PART)

#define EDIT_PICTURE(V, L, M, H) \
	V(text, id)              \
	V(text, src)             \
	V(text, size)            \
	V(i64, number)
VIEW_STRUCT(edit_picture, EDIT_PICTURE)

/* A page of the editor. */
#define PRODUCT_EDIT(V, L, M, H)  \
	V(text, id)               \
	V(u64, version)           \
	V(u64, saves)             \
	L(field, fields)          \
	L(edit_list, lists)       \
	L(edit_part, parts)       \
	L(edit_picture, pictures) \
	H(tabs, tabs)             \
	H(text, heading)          \
	H(text, lead)             \
	H(text, action)           /* address of the form */ \
	H(text, back)             \
	H(text, parts_title)      \
	H(text, parts_empty)      \
	H(text, add_href)         \
	H(text, add_label)        \
	H(text, drop_href)        /* address that takes away what is edited here */ \
	H(text, drop_label)       \
	H(bool, signs)            /* the section that the secret belongs to */ \
	H(bool, has_secret)       \
	H(bool, may_probe)        \
	V(probe_state, probe)     \
	V(text, probe_answer)     \
	V(instant, probed_at)     \
	H(text, probe_tone)       \
	H(bool, shows_pictures)   \
	H(field, upload)
VIEW_STRUCT(product_edit, PRODUCT_EDIT)

/* The secret of its system; itself it is never shown. */
#define PRODUCT_SECRET(V, L, M, H) \
	V(text, id)               \
	V(text, name)             \
	V(bool, set)              \
	V(instant, old_until)     /* the one before lives until then; 0: none */ \
	H(bool, edited)           /* a version is open */ \
	H(field, secret)          \
	H(field, grace)
VIEW_STRUCT(product_secret, PRODUCT_SECRET)

#define PRODUCT_NEW(V, L, M, H) L(field, fields)
VIEW_STRUCT(product_new, PRODUCT_NEW)

/* A page that asks before something is done. */
#define PRODUCT_ASK(V, L, M, H)  \
	V(text, id)              \
	V(text, name)            \
	V(u64, version)          \
	L(product_lack, lacks)   \
	M(changes, changes)      \
	M(field, why)            \
	H(text, action)          \
	H(text, lead)            \
	H(text, button)          \
	H(bool, danger)          \
	H(bool, ready)
VIEW_STRUCT(product_ask, PRODUCT_ASK)

/* What is left of the plans that sell. */
#define STOCK_ITEM(V, L, M, H) \
	V(text, plan)          \
	V(text, name)          \
	V(i64, stock)          \
	V(text, unit)          \
	M(field, by)           \
	H(text, action)
VIEW_STRUCT(stock_item, STOCK_ITEM)
#define STOCK_SHOW(V, L, M, H) \
	V(text, id)            \
	V(text, name)          \
	L(stock_item, items)
VIEW_STRUCT(stock_show, STOCK_SHOW)
#endif
