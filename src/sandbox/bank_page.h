#ifndef SANDBOX_BANK_PAGE_H
#define SANDBOX_BANK_PAGE_H
#include "base/value.h"

struct sandbox;
struct visit;

/* The front pages of the banks (ISO-1, MON-10): a payer comes with the platform's signed form, the maker enters the payment, the checker approves
 * or sends it back, minutes or days later. */

enum { ORDERS_MAX = 4096, ORDER_TOKEN_LEN = 16 };
enum bank_order_state { ORDER_NONE, ORDER_ENTERED, ORDER_MADE, ORDER_APPROVED, ORDER_REFUSED };
struct bank_visit {
	char token[ORDER_TOKEN_LEN + 1];	/* of its page */
	char bank[8], number[36], payee[256], account[36], payer[256], back[256];
	int64_t fen;
	enum bank_order_state state;
	char customer[36], maker[64], checker[64];
	struct instant came, made, ended;
};
struct bank_visits { struct bank_visit all[ORDERS_MAX]; uint64_t n; };

void bank_page_come(struct visit *v);	/* POST /bank/{code}/pay */
void bank_page_list(struct visit *v);	/* GET /b2b */
void bank_page_show(struct visit *v);	/* GET /b2b/{token} */
void bank_page_make(struct visit *v);	/* customer, maker */
void bank_page_check(struct visit *v);	/* checker, fault */
void bank_page_refuse(struct visit *v);	/* checker */

/* Events: visit, visit_made, visit_ended. */
void bank_page_apply_visit(struct sandbox *sb, const char *const *t);
void bank_page_apply_made(struct sandbox *sb, const char *const *t);
void bank_page_apply_ended(struct sandbox *sb, const char *const *t);
#endif
