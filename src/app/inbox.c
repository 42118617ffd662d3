#include "app/inbox.h"

#include "domain/message.h"
#include "q_message.h"

struct reading {
	uint64_t id;
	enum message_topic topic;
	const char *back;
};

/* The count in the frame of every page is kept, not counted. */
static enum rc count(struct work *w, uint64_t read)
{
	const struct actor *me = &w->cx->actor;
	uint64_t n;

	return read ? q_inbox_count(w->tx, &(struct q_inbox_count_in){ .person = me->person, .org = me->org, .read = read }, &n) : RC_OK;
}

static enum rc read_one(struct work *w, void *arg)
{
	const struct actor *me = &w->cx->actor;
	const struct reading *r = arg;
	struct q_inbox_find m;
	uint64_t n;

	TRY(q_inbox_find(tx_db(w->tx), w->cx->a, &(struct q_inbox_find_in){ .person = me->person, .org = me->org, .id = r->id }, &m));
	TRY(q_inbox_mark(w->tx, &(struct q_inbox_mark_in){ .person = me->person, .org = me->org, .id = r->id, .now = w->cx->now }, &n));
	w->out.location = r->back ? r->back : m.link;
	return count(w, n);
}

enum rc inbox_read(struct cx *cx, uint64_t id, const char *back, struct outcome *out)
{
	return work_do(cx, read_one, &(struct reading){ .id = id, .back = back }, out);
}

static enum rc read_all(struct work *w, void *arg)
{
	const struct actor *me = &w->cx->actor;
	const struct reading *r = arg;
	struct q_inbox_mark_all_in in = { .person = me->person, .org = me->org, .up_to = r->id, .topic = r->topic, .now = w->cx->now };
	uint64_t n;

	TRY(q_inbox_mark_all(w->tx, &in, &n));
	w->out.location = r->back;
	return count(w, n);
}

enum rc inbox_read_all(struct cx *cx, uint64_t up_to, enum message_topic topic, const char *back, struct outcome *out)
{
	return work_do(cx, read_all, &(struct reading){ up_to, topic, back }, out);
}

struct choosing {
	const struct inbox_choice *c;
	size_t n;
};

static void list(struct out *o, const struct choosing *x, bool by_sms)
{
	const char *between = "";

	out_lit(o, "[");
	for (size_t i = 0; i < x->n; i++)
		if (by_sms ? x->c[i].by_sms : x->c[i].by_email) {
			out_printf(o, "%s\"%s\"", between, message_event_enum.names[x->c[i].event]);
			between = ",";
		}
	out_lit(o, "]");
}

static const char *details(struct arena *a, const struct choosing *x)
{
	struct out o = { 0 };

	out_lit(&o, "{\"by_email\":");
	list(&o, x, false);
	out_lit(&o, ",\"by_sms\":");
	list(&o, x, true);
	out_lit(&o, "}");
	const char *text = arena_dup(a, o.p, o.n);
	out_free(&o);
	return text;
}

static enum rc choose(struct work *w, void *arg)
{
	const struct actor *me = &w->cx->actor;
	const struct choosing *x = arg;
	struct q_message_choice_put_in *rows = ARENA_ARRAY(w->cx->a, struct q_message_choice_put_in, x->n);

	for (size_t i = 0; i < x->n; i++)
		rows[i] = (struct q_message_choice_put_in){
			.person = me->person, .event = message_event_enum.names[x->c[i].event], .by_email = x->c[i].by_email, .by_sms = x->c[i].by_sms,
		};
	work_audit(w, (struct event){ .kind = OBJECT_PERSON, .object = me->person, .org = me->org, .name = "notifications", .details = details(w->cx->a, x) });
	w->out.location = "/console/settings/notifications?saved=1";
	return x->n ? q_message_choice_put(w->tx, rows, x->n) : RC_OK;
}

enum rc inbox_choose(struct cx *cx, const struct inbox_choice *c, size_t n, struct outcome *out)
{
	return work_do(cx, choose, &(struct choosing){ c, n }, out);
}
