#ifndef VIEW_PAYMENT_H
#define VIEW_PAYMENT_H
#include "view/list.h"

/* Paying: MON-4, MON-5. */

#define PAY_BANK(V, L, M, H) \
	V(bank_code, name)   \
	H(bool, chosen)
VIEW_STRUCT(pay_bank, PAY_BANK)

#define PAY_CHANNEL(V, L, M, H)  \
	V(payment_channel, name) \
	V(money, available)      \
	V(money, missing)        \
	L(pay_bank, banks)       \
	H(text, hint)            \
	H(bool, chosen)
VIEW_STRUCT(pay_channel, PAY_CHANNEL)
/* The choice of one, with its bank, in a form. */
#define PAY_CHOICE(V, L, M, H)   \
	L(pay_channel, channels) \
	H(bool, titled)          /* the label is seen */ \
	H(text, label)           \
	H(text, error)           \
	H(text, bank_error)
VIEW_STRUCT(pay_choice, PAY_CHOICE)
typedef const struct view_pay_choice *view_type_pay_choice;

/* A channel that an order may be paid through. */
#define PAYMENT_WAY(V, L, M, H) V(payment_channel, name)
VIEW_STRUCT(payment_way, PAYMENT_WAY)

/* One of the orders that are paid together: what vouchers and cards leave of it is the rest. */
#define PAY_ORDER(V, L, M, H)    \
	V(text, number)          \
	V(text, product_name)    \
	V(money, list_total)     \
	V(money, payable)        \
	V(money, rest)           \
	V(instant, created_at)   \
	V(instant, deadline_at)  \
	L(payment_way, channels) \
	H(text, summary)         \
	H(text, left)            \
	H(field, voucher)
VIEW_STRUCT(pay_order, PAY_ORDER)

/* What the price was reduced by, of all of them. */
#define PAY_LESS(V, L, M, H)     \
	V(price_line_kind, kind) \
	V(money, amount)
VIEW_STRUCT(pay_less, PAY_LESS)

#define PAY_CARD(V, L, M, H) \
	V(text, id)          \
	V(text, number)      \
	V(money, available)  \
	V(money, amount)     \
	V(instant, valid_to) \
	V(bool, chosen)      \
	V(text, why_not)     \
	H(text, note)
VIEW_STRUCT(pay_card, PAY_CARD)

/* Choosing how to pay orders (ORD-4, ORD-13). */
#define PAY(V, L, M, H)          \
	L(pay_order, orders)     \
	V(money, list_total)     \
	L(pay_less, less)        \
	V(money, payable)        \
	V(money, vouchers)       \
	L(pay_card, cards)       \
	V(money, by_cards)       \
	V(money, rest)           \
	L(pay_channel, channels) \
	V(text, open)            \
	H(pay_choice, choice)    \
	H(text, frozen)          \
	H(bool, with_vouchers)   \
	H(bool, several)         \
	H(bool, added)           \
	H(steps, steps)
VIEW_STRUCT(pay, PAY)

/* Some of them cannot be paid (any more): which and why, and the way on with the others. */
#define PAY_STATE(V, L, M, H)  \
	V(text, number)        \
	V(text, product_name)  \
	V(order_state, state)  \
	H(text, tone)
VIEW_STRUCT(pay_state, PAY_STATE)
#define PAY_REST(V, L, M, H)      \
	L(pay_state, changed)     \
	L(pay_state, in_review)   \
	L(pay_state, to_confirm)  \
	L(pay_state, remaining)   \
	H(bool, all_changed)
VIEW_STRUCT(pay_rest, PAY_REST)

#define PAID_ORDER(V, L, M, H) \
	V(text, number)        \
	V(text, product_name)  \
	V(text, plan_name)     \
	V(order_state, state)  \
	V(money, amount)
VIEW_STRUCT(paid_order, PAID_ORDER)

/* What a payment is made of. */
#define PAID_PART(V, L, M, H)  \
	V(pay_source, source)  \
	V(text, holding)       \
	V(text, order_number)  \
	V(money, amount)
VIEW_STRUCT(paid_part, PAID_PART)

/* The signed form that brings the payer to the bank's page (ISO-1). */
#define PAYMENT_FIELD(V, L, M, H) \
	V(text, name)             \
	V(text, value)
VIEW_STRUCT(payment_field, PAYMENT_FIELD)
#define PAYMENT_REDIRECT(V, L, M, H) \
	V(text, action)              \
	L(payment_field, fields)
VIEW_STRUCT(payment_redirect, PAYMENT_REDIRECT)

/* A payment under way, and what became of it. */
#define PAYMENT_SHOW(V, L, M, H)    \
	V(text, number)             \
	V(payment_purpose, purpose) \
	V(payment_channel, channel) \
	V(payment_state, state)     \
	V(money, amount)            \
	V(text, code_url)           \
	V(instant, created_at)      \
	V(instant, deadline_at)     \
	V(instant, paid_at)         \
	V(text, transaction_id)     \
	V(bank_code, bank)          \
	M(payment_redirect, redirect) \
	V(money, total)             \
	L(paid_order, orders)       \
	L(paid_part, parts)         \
	H(text, tone)               \
	H(text, left)               \
	H(bool, open)               \
	H(bool, scan)               \
	H(bool, go)                 \
	H(bool, again)              \
	H(text, order_number)       \
	H(text, pay_again)          \
	H(text, back)               \
	H(msg, back_label)          \
	H(bool, several)            \
	H(steps, steps)
VIEW_STRUCT(payment_show, PAYMENT_SHOW)
#endif
