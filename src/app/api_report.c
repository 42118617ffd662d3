#include "app/api.h"
#include "app/product_secret.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "q_api.h"

enum { COMMIT_TRIES = 3 };

const char *const api_result_names[] = {
#define R(name, text) [API_##name] = #text,
	API_RESULTS(R)
#undef R
};

/* ---- who reports ---- */

static bool signed_with(struct cx *cx, const struct api_reporter *who, const char *secret, const char *time, const char *signature)
{
	char body[2 * SHA256_SIZE + 1], hex[2 * SHA256_SIZE + 1];
	unsigned char mac[SHA256_SIZE];
	const char *text = arena_printf(cx->a, "%s.%s.%s", time, who->event, hash_sha256_hex(who->body.p, who->body.n, body));

	hash_hmac_sha256(secret, strlen(secret), text, strlen(text), mac);
	return hash_equal_text(hash_hex(mac, sizeof mac, hex), signature);
}

/* t=1700000000,v1=…: how the platform signs what it tells a provider. */
static bool read_signature(struct arena *a, const char *s, const char **time, const char **signature)
{
	int64_t t;

	if (!s || !str_prefix(s, "t="))
		return false;
	size_t n = strcspn(s + 2, ",");
	*time = arena_dup(a, s + 2, n);
	s += 2 + n;
	if (!str_prefix(s, ",v1=") || !str_digits(*time, 1, 12) || !str_i64(*time, &t))
		return false;
	*signature = s + strlen(",v1=");
	int64_t away = clock_real().us / SECOND_US - t;
	return away <= API_WINDOW_MINUTES * 60 && away >= -API_WINDOW_MINUTES * 60;
}

enum rc api_reporter(struct cx *cx, const struct api_reporter *who, uint64_t *product)
{
	const char *time, *signature;
	struct product_secrets secrets;
	struct q_api_reporter p;

	if (!who->slug || !who->event || !read_signature(cx->a, who->signature, &time, &signature))
		return RC_UNAUTHENTICATED;
	enum rc rc = q_api_reporter(cx->db, cx->a, &(struct q_api_reporter_in){ who->slug }, &p);
	if (rc == RC_OK)
		rc = product_secrets_open(cx, p.id, &PRODUCT_SEALED(&p), &secrets);
	if (rc == RC_NOT_FOUND || rc == RC_INVALID)
		return RC_UNAUTHENTICATED;
	TRY(rc);
	*product = p.id;
	bool known = signed_with(cx, who, secrets.secret, time, signature) || (secrets.old && signed_with(cx, who, secrets.old, time, signature));
	return known ? RC_OK : RC_UNAUTHENTICATED;
}

/* ---- what is reported ---- */

struct reporting { uint64_t product; struct api_record *records; size_t n; };

static enum api_result look(const struct cx *cx, const struct api_record *r)
{
	if (!r->id || !r->secret_id || r->calls < 1 || r->calls > API_RECORD_CALLS_MAX)
		return API_BAD;
	bool late = r->at.us < instant_add(cx->now, -API_RECORD_DAYS * DAY_US).us, early = r->at.us > instant_add(cx->now, API_WINDOW_MINUTES * MINUTE_US).us;
	return late || early ? API_NOT_NOW : API_RESULT_NONE;
}

/* All of it, or nothing: what ends first first. */
static enum rc use(struct work *w, uint64_t buyer, uint64_t product, struct api_record *r)
{
	struct q_api_quota_lock *q;
	uint64_t left = 0, rest = (uint64_t)r->calls, changed;
	size_t n;

	TRY(q_api_quota_lock(w->tx, w->cx->a, &(struct q_api_quota_lock_in){ buyer, product, r->at }, &q, &n));
	for (size_t i = 0; i < n; i++)
		left += q[i].left_n;
	r->result = left < rest ? API_NOT_LEFT : API_COUNTED;
	for (size_t i = 0; r->result == API_COUNTED && rest; i++) {
		uint64_t calls = q[i].left_n < rest ? q[i].left_n : rest;
		TRY(q_api_quota_use(w->tx, &(struct q_api_quota_use_in){ buyer, product, q[i].end_at, q[i].resource_id, calls }, &changed));
		if (changed != 1)
			return RC_CONFLICT;
		rest -= calls;
	}
	return RC_OK;
}

/* Reports about one caller wait for each other at its quota's rows; whoever waited runs again, and sees what the other counted. */
static enum rc count(struct work *w, uint64_t product, struct api_record *r)
{
	struct q_api_reported k;
	uint64_t n;
	int64_t left;
	enum rc rc = q_api_reported(w->tx, w->cx->a, &(struct q_api_reported_in){ r->secret_id, product, r->id }, &k);

	r->result = rc == RC_NOT_FOUND ? API_NOBODY : k.known ? API_KNOWN : API_RESULT_NONE;
	if (rc == RC_NOT_FOUND || (rc == RC_OK && k.known))
		return RC_OK;
	TRY(rc);
	TRY(use(w, k.buyer_id, product, r));
	if (r->result != API_COUNTED)
		return RC_OK;
	TRY(q_api_record_insert(w->tx, &(struct q_api_record_insert_in){ product, r->id, r->at, k.buyer_id, (uint64_t)r->calls }, &n));
	if (n != 1)	/* reported about another caller meanwhile */
		return RC_CONFLICT;
	TRY(q_api_day_add(w->tx, &(struct q_api_day_add_in){ k.buyer_id, product, date_of(r->at), (uint64_t)r->calls }, &n));
	return api_note_left(w, k.buyer_id, product, k.product_name, k.low, &left);
}

static enum rc report(struct work *w, void *arg)
{
	struct reporting *x = arg;

	for (size_t i = 0; i < x->n; i++) {
		x->records[i].result = look(w->cx, &x->records[i]);
		if (!x->records[i].result)
			TRY(count(w, x->product, &x->records[i]));
	}
	return RC_OK;
}

enum rc api_report(struct cx *cx, uint64_t product, struct api_record *records, size_t n)
{
	enum rc rc = RC_UNCERTAIN;

	for (int i = 0; i < COMMIT_TRIES && rc == RC_UNCERTAIN; i++)
		rc = work_do(cx, report, &(struct reporting){ product, records, n }, NULL);
	return rc;
}
