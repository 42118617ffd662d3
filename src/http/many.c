#include <stdlib.h>

#include "http/http.h"
#include "http/transfer.h"

struct running {
	struct transfer t;
	http_done *done;
	void *user;
	struct running *next, **at;	/* list of all */
};

struct http_many {
	CURLM *multi;
	struct running *first;
	size_t n;
};

struct http_many *http_many_new(void)
{
	transfer_library();
	struct http_many *m = calloc(1, sizeof *m);
	if (!m || !(m->multi = curl_multi_init()))
		abort();
	return m;
}

static void join(struct http_many *m, struct running *r)
{
	r->next = m->first;
	r->at = &m->first;
	if (r->next)
		r->next->at = &r->next;
	m->first = r;
	m->n++;
}

static void drop(struct http_many *m, struct running *r)
{
	*r->at = r->next;
	if (r->next)
		r->next->at = r->at;
	m->n--;
	curl_multi_remove_handle(m->multi, r->t.easy);
	transfer_end(&r->t);
	curl_easy_cleanup(r->t.easy);
	out_free(&r->t.body);
	free(r);
}

void http_many_start(struct http_many *m, const struct http_call *call, http_done *done, void *user)
{
	struct running *r = calloc(1, sizeof *r);

	if (!r)
		abort();
	r->done = done;
	r->user = user;
	transfer_begin(&r->t, call);
	curl_easy_setopt(r->t.easy, CURLOPT_PRIVATE, r);
	curl_multi_add_handle(m->multi, r->t.easy);
	join(m, r);
}

size_t http_many_running(const struct http_many *m) { return m->n; }

static void finish(struct http_many *m, CURL *easy, CURLcode code)
{
	struct running *r = NULL;
	struct http_answer answer;

	curl_easy_getinfo(easy, CURLINFO_PRIVATE, &r);
	enum rc rc = transfer_result(&r->t, code, &answer);
	r->done(r->user, rc, &answer);
	drop(m, r);
}

static void move_on(struct http_many *m)
{
	int n;
	CURLMsg *msg;

	curl_multi_perform(m->multi, &n);
	while ((msg = curl_multi_info_read(m->multi, &n)))
		if (msg->msg == CURLMSG_DONE)
			finish(m, msg->easy_handle, msg->data.result);
}

bool http_many_wait(struct http_many *m, int fd, int timeout_ms)
{
	struct curl_waitfd w = { .fd = fd, .events = CURL_WAIT_POLLIN };

	move_on(m);
	curl_multi_poll(m->multi, &w, fd >= 0, timeout_ms, NULL);
	move_on(m);
	return w.revents & CURL_WAIT_POLLIN;
}

void http_many_free(struct http_many *m)
{
	while (m->first)
		drop(m, m->first);
	curl_multi_cleanup(m->multi);
	free(m);
}
