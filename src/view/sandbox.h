#ifndef VIEW_SANDBOX_H
#define VIEW_SANDBOX_H
#include "view/field.h"
#include "view/part.h"

/* Pages of the sandbox (MON-10). */

#define SANDBOX_PAY(V, L, M, H) \
	V(text, number)         \
	V(text, subject)        \
	V(money, total)         \
	V(text, state)          \
	H(msg, state_label)     \
	H(text, tone)           \
	V(bool, open)           \
	V(text, scan_path)      \
	V(text, fault)          \
	H(msg, fault_label)     \
	V(i64, attempts)        \
	V(bool, heard)          \
	V(instant, created_at)  \
	V(instant, expires_at)  \
	V(instant, paid_at)     \
	V(instant, next_at)     \
	V(text, transaction_id)
VIEW_STRUCT(sandbox_pay, SANDBOX_PAY)

#define SANDBOX_LIST(V, L, M, H) \
	L(sandbox_pay, waiting)  \
	L(sandbox_pay, others)
VIEW_STRUCT(sandbox_list, SANDBOX_LIST)

#define SANDBOX_SCAN(V, L, M, H)   \
	M(sandbox_pay, payment)    \
	H(text, pay_path)          \
	H(text, refuse_path)       \
	H(text, again_path)        \
	M(field, fault)
VIEW_STRUCT(sandbox_scan, SANDBOX_SCAN)

#define SANDBOX_REFUND(V, L, M, H) \
	V(text, number)            \
	V(text, refund_id)         \
	V(text, payment)           \
	V(text, reason)            \
	V(money, amount)           \
	V(money, total)            \
	V(text, state)             \
	H(msg, state_label)        \
	H(text, tone)              \
	V(bool, open)              \
	H(msg, fault_label)        \
	V(i64, attempts)           \
	V(bool, heard)             \
	V(instant, created_at)     \
	V(instant, done_at)        \
	H(text, success_path)      \
	H(text, change_path)       \
	H(text, close_path)        \
	H(text, again_path)
VIEW_STRUCT(sandbox_refund, SANDBOX_REFUND)

#define SANDBOX_REFUNDS(V, L, M, H) \
	M(field, plan)              \
	M(field, fault)             \
	M(field, times)             \
	L(sandbox_refund, items)
VIEW_STRUCT(sandbox_refunds, SANDBOX_REFUNDS)

#define SANDBOX_SENT(V, L, M, H) \
	V(text, number)          \
	V(i64, attempt)          \
	V(i64, copy)             \
	V(text, fault)           \
	H(msg, fault_label)      \
	V(instant, at)           \
	V(i64, took_ms)          \
	V(bool, heard)           \
	V(text, said)
VIEW_STRUCT(sandbox_sent, SANDBOX_SENT)

#define SANDBOX_NOTICES(V, L, M, H) L(sandbox_sent, items)
VIEW_STRUCT(sandbox_notices, SANDBOX_NOTICES)

#define SANDBOX_CALL(V, L, M, H) \
	V(instant, at)           \
	V(text, provider)        \
	V(text, action)          \
	V(text, event)           \
	V(text, verdict)         \
	H(text, tone)            \
	V(text, body)
VIEW_STRUCT(sandbox_call, SANDBOX_CALL)

#define SANDBOX_PROVIDER(V, L, M, H) \
	H(text, fault_path)          \
	M(field, name)               \
	M(field, fault)              \
	M(field, times)              \
	L(sandbox_call, items)
VIEW_STRUCT(sandbox_provider, SANDBOX_PROVIDER)

/* A payment at a bank's page, as maker and checker see it. */
#define SANDBOX_VISIT(V, L, M, H) \
	V(text, path)             \
	V(text, bank)             \
	H(text, bank_name)        \
	V(text, number)           \
	V(money, amount)          \
	V(text, payee)            \
	V(text, account)          \
	V(text, payer)            \
	V(text, back)             \
	V(text, customer)         \
	V(text, maker)            \
	V(text, checker)          \
	H(msg, state_label)       \
	H(text, tone)             \
	V(bool, entered)          \
	V(bool, made)             \
	V(bool, approved)         \
	V(bool, refused)          \
	V(instant, came_at)       \
	V(instant, made_at)       \
	V(instant, ended_at)
VIEW_STRUCT(sandbox_visit, SANDBOX_VISIT)

#define SANDBOX_VISITS(V, L, M, H) L(sandbox_visit, items)
VIEW_STRUCT(sandbox_visits, SANDBOX_VISITS)

#define SANDBOX_BANK(V, L, M, H) \
	M(sandbox_visit, order)  \
	V(text, error)           \
	M(field, customer)       \
	M(field, maker)          \
	M(field, checker)        \
	M(field, fault)
VIEW_STRUCT(sandbox_bank, SANDBOX_BANK)

/* What people were sent. */
#define SANDBOX_LETTER(V, L, M, H) \
	V(instant, at)             \
	V(text, by)                \
	V(text, id)                \
	V(text, to)                \
	V(text, subject)           \
	V(text, text)              \
	V(i64, copies)             \
	H(bool, mail)              \
	H(bool, again)
VIEW_STRUCT(sandbox_letter, SANDBOX_LETTER)

#define SANDBOX_MAIL(V, L, M, H)  \
	L(sandbox_letter, items)  \
	H(text, to)
VIEW_STRUCT(sandbox_mail, SANDBOX_MAIL)

/* The sample provider's product, as its user finds it. */
#define SANDBOX_APP(V, L, M, H) \
	V(text, sign_id)        \
	V(text, product)        \
	V(text, spec)           \
	V(text, user)           \
	V(text, until)          \
	V(bool, expired)        \
	V(bool, gone)
VIEW_STRUCT(sandbox_app, SANDBOX_APP)
#endif
