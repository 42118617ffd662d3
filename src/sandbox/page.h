#ifndef SANDBOX_PAGE_H
#define SANDBOX_PAGE_H
#include "fcgi/req.h"
#include "sandbox/input.h"

struct sandbox;

/* One request on its way through the sandbox. */
struct visit {
	struct sandbox *sb;
	struct req *r;
	struct answer *ans;
	const char *name;		/* the {} of the route */
	struct input query;
	enum lang lang;
	bool json;			/* answers a program */
};

/* Pages: what there is is shown, to a person as HTML and to a program (Accept: application/json) as JSON. */
void page_list(struct visit *v);
void page_scan(struct visit *v);
void page_refunds(struct visit *v);		/* ?number=… */
void page_notices(struct visit *v);
void page_provider(struct visit *v);
void page_app(struct visit *v);
void page_mail(struct visit *v);		/* ?to=… */
/* What a person or a test decides; answers with the page that shows it. */
void page_pay(struct visit *v);		/* fault=… */
void page_refuse(struct visit *v);
void page_again(struct visit *v);
void page_refund_success(struct visit *v);
void page_refund_change(struct visit *v);
void page_refund_close(struct visit *v);
void page_refund_again(struct visit *v);
/* provider=…&fault=…&times=…, or gateway=…&call=…&times=…, or refund=…&fault=…&times=…, or bill=…&times=…, or number=…&fault=… (also before it
 * is paid) */
void page_fault(struct visit *v);
void page_problem(struct visit *v, enum rc rc);
#endif
