#include <stdlib.h>

#include "base/time.h"
#include "crypto/hash.h"
#include "sandbox_unit.h"

static int status;

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static const char *called_with(const char *body, const char *token, int64_t timestamp)
{
	const char *part[] = { token, arena_printf(&unit_arena, "%lld", (long long)timestamp), "1447906768" },
		   *time = part[1];
	struct answer ans = { 0 };
	struct input query = { 0 };
	char hex[2 * SHA256_SIZE + 1];

	qsort(part, 3, sizeof *part, by_text);
	const char *joined = arena_printf(&unit_arena, "%s%s%s", part[0], part[1], part[2]);
	const char *q = arena_printf(&unit_arena, "signature=%s&timestamp=%s&eventId=1447906768",
				     hash_sha256_hex(joined, strlen(joined), hex), time);
	input_form(&unit_arena, q, strlen(q), &query);
	provider_serve(sandbox_ready(), "demo",
		       sandbox_request(METHOD_POST, "application/json", (struct bytes){ body, strlen(body) }), &query,
		       &ans);
	status = ans.status;
	const char *answer = arena_dup(&unit_arena, ans.body.p, ans.body.n);
	out_free(&ans.head);
	out_free(&ans.body);
	return answer;
}

static const char *called(const char *body) { return called_with(body, "TestToken2024", clock_now().us / SECOND_US); }

static const char *create(const char *order)
{
	return called(arena_printf(&unit_arena,
				   "{\"action\":\"createInstance\",\"orderId\":\"%s\",\"productInfo\":{\"productName\":"
				   "\"云安全\",\"spec\":\"A\"}}",
				   order));
}

static const char *sign_id(const char *answer)
{
	const char *at = strstr(answer, "\"signId\":\"");

	assert_non_null(at);
	return arena_dup(&unit_arena, at + 10, strcspn(at + 10, "\""));
}

static const char *act(const char *action, const char *id)
{
	return called(arena_printf(&unit_arena,
				   "{\"action\":\"%s\",\"signId\":\"%s\",\"spec\":\"B\",\"instanceExpireTime\":\"2027-"
				   "01-01 00:00:00\"}",
				   action, id));
}

TEST(provider_creates, "PRV-2 createInstance gives signId, addresses and first password, the same for the same order")
{
	const char *first = create("CS1"), *id = sign_id(first);

	assert_int_equal(status, 200);
	assert_in_range(strlen(id), 1, 11);
	assert_non_null(strstr(first, arena_printf(&unit_arena, "\"website\":\"http://sandbox.test/app/%s\"", id)));
	assert_non_null(strstr(first, "\"additionalInfo\":[{\"name\":\"账号\""));
	assert_string_equal(create("CS1"), first);
	assert_string_not_equal(sign_id(create("CS2")), id);
	assert_string_equal(provider_instance(&sandbox.provider, id)->product, "云安全");
}

TEST(provider_life, "PRV-2 renew, modify, expire and destroy need an instance that is there")
{
	const char *id = sign_id(create("CS3"));
	const struct instance *x = provider_instance(&sandbox.provider, id);

	assert_string_equal(act("renewInstance", id), "{\"success\":\"true\"}");
	assert_string_equal(x->until, "2027-01-01 00:00:00");
	assert_non_null(strstr(act("modifyInstance", id), "\"appInfo\""));
	assert_string_equal(x->spec, "B");
	assert_string_equal(act("expireInstance", id), "{\"success\":\"true\"}");
	assert_true(x->expired && !x->gone);
	assert_string_equal(act("destroyInstance", id), "{\"success\":\"true\"}");
	assert_true(x->gone);
	assert_non_null(strstr(act("renewInstance", id), "\"success\":\"false\""));
	assert_non_null(strstr(act("renewInstance", "1"), "\"success\":\"false\""));
	assert_string_equal(called("{\"action\":\"verifyInterface\",\"echoback\":\"x\\\"y\"}"),
			    "{\"echoback\":\"x\\\"y\"}");
}

TEST(provider_refuses, "PRV-2 a wrong signature, an old timestamp and a call that is none are refused")
{
	static const char good[] = "{\"action\":\"createInstance\",\"orderId\":\"CS4\"}";
	int64_t now = clock_now().us / SECOND_US;

	called_with(good, "other", now);
	assert_int_equal(status, 401);
	called_with(good, "TestToken2024", now - 301);
	assert_int_equal(status, 401);
	called_with(good, "TestToken2024", now - 200);
	assert_int_equal(status, 200);
	called("{\"action\":\"fly\"}");
	assert_int_equal(status, 400);
	called("{\"action\":\"createInstance\"}");
	assert_int_equal(status, 400);
	called("not JSON");
	assert_int_equal(status, 400);
	assert_string_equal(provider_call_at(&sandbox.provider, 0)->verdict, "not JSON");
}

TEST(provider_faults,
     "MON-10 on demand the provider fails, talks rubbish, or says that it takes time; then it goes on as usual")
{
	provider_fail(&sandbox_ready()->provider, "demo", PROVIDER_FAULT_error, 2);
	create("CS5");
	assert_int_equal(status, 500);
	create("CS5");
	assert_int_equal(status, 500);
	create("CS5");
	assert_int_equal(status, 200);
	provider_fail(&sandbox.provider, "", PROVIDER_FAULT_rubbish, 1);
	assert_string_equal(create("CS5"), "<html>welcome</html>");
	provider_fail(&sandbox.provider, "demo", PROVIDER_FAULT_later, 1);
	assert_string_equal(create("CS6"), "{\"signId\":\"0\"}");
	assert_string_not_equal(sign_id(create("CS6")), "0");
	provider_fail(&sandbox.provider, "somebody", PROVIDER_FAULT_error, 1);
	create("CS6");
	assert_int_equal(status, 200);
	provider_fail(&sandbox.provider, "", PROVIDER_FAULT_none, 1);
}
