#include "app/api.h"
#include "app/message.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "crypto/hmacauth.h"
#include "q_api.h"

enum { COMMIT_TRIES = 3, LOW_PART = 10, API_MARGIN_MINUTES = 1 };

const struct api_verdict_info api_verdict_info[] = {
#define V(name, text, status) [API_##name] = { #text, status },
	API_VERDICTS(V)
#undef V
};

/* One call on its way. */
struct call {
	struct cx *cx;
	const struct api_ask *ask;
	struct hmacauth auth;
	const char *text;		/* that was signed */
	struct instant dated;
	unsigned char digest[SHA256_SIZE];
	struct q_api_caller who;
	int64_t left;
};

/* By what it is known again. */
static void set_digest(struct call *c)
{
	const char *same = arena_printf(c->cx->a, "%s\n%s", c->auth.id, c->auth.signature);

	hash_sha256(same, strlen(same), c->digest);
}

static enum api_verdict read_call(struct call *c)
{
	const char *value[HMACAUTH_HEADERS_MAX], *authorization = c->ask->header(c->ask->from, "authorization");

	if (!authorization || !hmacauth_read(c->cx->a, authorization, &c->auth))
		return API_MALFORMED;
	for (size_t i = 0; i < c->auth.headers; i++) {
		value[i] = c->ask->header(c->ask->from, c->auth.header[i]);
		if (!value[i] || (str_eq(c->auth.header[i], "x-date") && !instant_http_parse(value[i], &c->dated)))
			return API_MALFORMED;
	}
	/* a caller's clock knows nothing of a business time that was moved */
	int64_t away = clock_real().us - c->dated.us;
	if (away > API_WINDOW_MINUTES * MINUTE_US || away < -API_WINDOW_MINUTES * MINUTE_US)
		return API_STALE;
	c->text = hmacauth_text(c->cx->a, &c->auth, value);
	set_digest(c);
	return API_NONE;
}

static enum rc signed_with(const struct call *c, uint64_t version, struct bytes sealed, bool *right)
{
	struct bytes key;

	TRY(api_key_open(c->cx, c->who.id, version, sealed, &key));
	*right = hmacauth_check(c->cx->a, &c->auth, key, c->text);
	return RC_OK;
}

static enum rc look_up(struct call *c, bool *known)
{
	struct q_api_caller_in in = { .secret_id = c->auth.id, .dated = c->dated, .digest = { c->digest, sizeof c->digest }, .now = c->cx->now };
	enum rc rc = q_api_caller(c->cx->db, c->cx->a, &in, &c->who);

	*known = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* By the key that is good now, or the one before as long as it lives. */
static enum rc know(struct call *c, bool *right)
{
	const struct q_api_caller *k = &c->who;

	TRY(look_up(c, right));
	if (!*right)
		return RC_OK;
	TRY(signed_with(c, k->version, k->sealed, right));
	if (*right || !k->old_sealed.n || k->old_until.us <= c->cx->now.us)
		return RC_OK;
	return signed_with(c, k->version - 1, k->old_sealed, right);
}

static bool ours(const struct call *c) { return c->who.request && str_eq(c->who.request, c->cx->request_id); }

static enum api_verdict judge(const struct call *c)
{
	const struct q_api_caller *k = &c->who;

	if (k->request)
		return ours(c) ? API_GRANTED : API_REPLAYED;
	if (!c->ask->product || !str_eq(k->slug, c->ask->product))
		return API_OTHER;
	return k->freeze ? API_FROZEN : !k->live ? API_ENDED : k->left_n <= 0 ? API_USED_UP : API_NONE;
}

enum rc api_note_left(struct work *w, uint64_t buyer, uint64_t product, const char *name, bool said, int64_t *left)
{
	struct q_api_left now;
	uint64_t n;

	TRY(q_api_left(tx_db(w->tx), w->cx->a, &(struct q_api_left_in){ buyer, product, w->cx->now }, &now));
	*left = now.left_n;
	if (said || now.left_n > now.total / LOW_PART)
		return RC_OK;
	TRY(q_api_key_low(w->tx, &(struct q_api_key_low_in){ buyer, product }, &n));
	if (n != 1)
		return RC_OK;
	return message_about(w, MESSAGE_QUOTA_LOW, &(struct message_of){
		.org = buyer, .number = arena_printf(w->cx->a, "%llu", (unsigned long long)now.resource), .subject = name,
		.why = arena_printf(w->cx->a, "%lld/%lld", (long long)now.left_n, (long long)now.total),
	});
}

/* The quota's row, for which callers wait for each other, is locked last. */
static enum rc take(struct work *w, void *arg)
{
	struct call *c = arg;
	const struct q_api_caller *k = &c->who;
	struct q_api_call_insert_in in = {
		.dated = c->dated, .digest = { c->digest, sizeof c->digest }, .request = c->cx->request_id, .buyer = k->buyer_id, .product = k->product_id,
		.day = date_of(c->cx->now),
	};
	uint64_t n;

	TRY(q_api_call_insert(w->tx, &in, &n));
	TRY(q_api_take(w->tx, &(struct q_api_take_in){ k->buyer_id, k->product_id, c->cx->now }, &n));
	if (!n)
		return RC_NOT_FOUND;
	return api_note_left(w, k->buyer_id, k->product_id, k->product_name, k->low, &c->left);
}

/* RC_CONFLICT: the same call stands there already, made by this transaction whose answer was lost, or by another request. */
static enum rc grant(struct call *c, enum api_verdict *verdict)
{
	enum rc rc = RC_UNCERTAIN;
	bool known;

	for (int i = 0; i < COMMIT_TRIES && rc == RC_UNCERTAIN; i++)
		rc = work_do(c->cx, take, c, NULL);
	*verdict = rc == RC_NOT_FOUND ? API_USED_UP : API_GRANTED;
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_CONFLICT)
		return rc;
	TRY(look_up(c, &known));
	*verdict = known && ours(c) ? API_GRANTED : API_REPLAYED;
	c->left = known ? c->who.left_n : 0;
	return RC_OK;
}

enum rc api_check(struct cx *cx, const struct api_ask *ask, struct api_answer *out)
{
	struct call c = { .cx = cx, .ask = ask };
	bool right = false;

	*out = (struct api_answer){ .verdict = read_call(&c) };
	if (out->verdict)
		return RC_OK;
	TRY(know(&c, &right));
	out->verdict = right ? judge(&c) : API_UNSIGNED;
	c.left = c.who.left_n;
	if (!out->verdict)
		TRY(grant(&c, &out->verdict));
	out->left = out->verdict == API_GRANTED ? c.left : 0;
	return RC_OK;
}

enum rc api_taken(struct cx *cx, const struct hmacauth *auth, struct instant dated, bool *taken, int64_t *left)
{
	struct call c = { .cx = cx, .auth = *auth, .dated = dated };
	bool known;

	set_digest(&c);
	TRY(look_up(&c, &known));
	*taken = known && c.who.request;
	*left = known ? c.who.left_n : 0;
	return RC_OK;
}

struct folding { bool more; };

/* A second is folded whole: a call of it that came later would be counted twice or not at all. */
static enum rc fold(struct work *w, void *arg)
{
	struct folding *f = arg;
	struct instant before = instant_add(clock_real(), -(API_WINDOW_MINUTES + API_MARGIN_MINUTES) * MINUTE_US);
	struct q_api_call_bound *bound;
	uint64_t n;
	size_t bounds;

	TRY(q_api_call_bound(tx_db(w->tx), w->cx->a, &(struct q_api_call_bound_in){ before }, &bound, &bounds));
	f->more = bounds && bound->dated_at.us + SECOND_US < before.us;
	if (f->more)
		before = instant_add(bound->dated_at, SECOND_US);
	TRY(q_api_record_forget(w->tx, &(struct q_api_record_forget_in){ instant_add(clock_real(), -(API_RECORD_DAYS + 1) * DAY_US) }, &n));
	TRY(q_api_call_fold(w->tx, &(struct q_api_call_fold_in){ before }, &n));
	return q_api_call_forget(w->tx, &(struct q_api_call_forget_in){ before }, &n);
}

enum rc api_fold(struct cx *cx, bool *more)
{
	struct folding f = { 0 };

	TRY(work_do(cx, fold, &f, NULL));
	*more = f.more;
	return RC_OK;
}
