#include "channel/koogallery.h"
#include "channel/tencent.h"
#include "base/str.h"
#include "base/time.h"
#include "unit.h"

#define YUNSHI_VECTOR "5f5fcccaeb0142cb97e7b3a196a2cf0bde108e138be75904859d10d1dede5892"

static const struct provision_event event = {
	.id = 1447906768, .action = PROVISION_CREATE, .order = "2026112100001", .line = 2, .account = 7, .open_id = "8", .product_id = "9",
	.product_name = "云盘", .spec = "标准版", .sign_id = "i-1", .time_span = 3, .time_unit = UNIT_MONTH,
};

static struct provision_event with(enum provision_action action, struct instant end)
{
	struct provision_event e = event;

	e.action = action;
	e.end = end;
	return e;
}

TEST(dialect_tencent_sign, "PRV-2 the signature of token, timestamp and event")
{
	assert_string_equal(tencent_sign(&unit_arena, "TestToken2024", "1700000000", "1447906768"), "147a6f4d86f957a27a7b6bcb6a4ccac1fa61ae3349c865cbc4d5465735c99be7");
}

TEST(dialect_koogallery_sign, "PRV-3 the signature of key, nonce, timestamp and body")
{
	const char *body = "{\"activity\":\"newInstance\",\"businessId\":\"b1\",\"orderId\":\"CS1\",\"orderLineId\":\"CS1-000001\",\"testFlag\":\"1\"}";

	assert_string_equal(koogallery_sign(&unit_arena, "ak-secret", "NONCE1", "1700000000000", body), "b968a2145a225197c7c4703e86184adadba8fb994d4938f232a26d18eae89554");
}

TEST(dialect_yunshi_sign, "PRV-4 the header of one secret, and of two while one is replaced")
{
	/* printf '1700000000.5.%s' $(printf '{}' | sha256sum) | openssl dgst -sha256 -hmac new */
	const char *one = yunshi_signature(&unit_arena, "new", NULL, "1700000000", "5", "{}"), *two = yunshi_signature(&unit_arena, "new", "old", "1700000000", "5", "{}");

	assert_string_equal(one, "t=1700000000,v1=" YUNSHI_VECTOR);
	assert_int_equal(strncmp(two, one, strlen(one)), 0);
	assert_int_equal(strlen(two), strlen(one) + strlen(",v1=") + 64);
	assert_string_not_equal(two + strlen(one), ",v1=" YUNSHI_VECTOR);
}

TEST(dialect_tencent_write, "PRV-2 what is sent of each action")
{
	struct instant end = { 1774972799LL * SECOND_US };
	struct provision_event renew = with(PROVISION_RENEW, end), expire = with(PROVISION_EXPIRE, (struct instant){ 0 }), modify = with(PROVISION_MODIFY, end);

	assert_string_equal(tencent_write(&unit_arena, &event),
		"{\"action\":\"createInstance\",\"orderId\":\"2026112100001-2\",\"accountId\":\"7\",\"openId\":\"8\",\"productId\":\"9\",\"requestId\":\"1447906768\","
		"\"productInfo\":{\"productName\":\"云盘\",\"isTrial\":\"false\",\"spec\":\"标准版\",\"timeUnit\":\"m\",\"timeSpan\":3},\"extendInfo\":{}}");
	assert_string_equal(tencent_write(&unit_arena, &renew), "{\"action\":\"renewInstance\",\"instanceExpireTime\":\"2026-03-31 23:59:59\",\"signId\":\"i-1\"}");
	assert_string_equal(tencent_write(&unit_arena, &modify),
		"{\"action\":\"modifyInstance\",\"spec\":\"标准版\",\"timeUnit\":\"m\",\"timeSpan\":3,\"instanceExpireTime\":\"2026-03-31 23:59:59\",\"signId\":\"i-1\"}");
	assert_string_equal(tencent_write(&unit_arena, &expire), "{\"action\":\"expireInstance\",\"signId\":\"i-1\"}");
}

TEST(dialect_koogallery_write, "PRV-3 what is sent of each action")
{
	struct instant end = { 1774972799LL * SECOND_US };
	struct provision_event create = event, renew = with(PROVISION_RENEW, end), paid = with(PROVISION_MODIFY, end), bigger = with(PROVISION_MODIFY, (struct instant){ 0 }),
			       expire = with(PROVISION_EXPIRE, end), destroy = with(PROVISION_DESTROY, end);

	create.sign_id = NULL;
	assert_string_equal(koogallery_write(&unit_arena, &create),
		"{\"activity\":\"newInstance\",\"orderId\":\"2026112100001\",\"orderLineId\":\"2026112100001-000002\",\"businessId\":\"1447906768\",\"testFlag\":\"0\"}");
	assert_string_equal(koogallery_write(&unit_arena, &renew),
		"{\"activity\":\"refreshInstance\",\"scene\":\"RENEWAL\",\"orderId\":\"2026112100001\",\"orderLineId\":\"2026112100001-000002\",\"productId\":\"9\","
		"\"expireTime\":\"20260331235959\",\"instanceId\":\"i-1\",\"testFlag\":\"0\"}");
	assert_non_null(strstr(koogallery_write(&unit_arena, &paid), "\"scene\":\"TRIAL_TO_FORMAL\""));
	assert_non_null(strstr(koogallery_write(&unit_arena, &bigger), "\"activity\":\"upgradeInstance\""));
	assert_string_equal(koogallery_write(&unit_arena, &expire), "{\"activity\":\"updateInstanceStatus\",\"status\":\"FREEZE\",\"instanceId\":\"i-1\",\"testFlag\":\"0\"}");
	assert_non_null(strstr(koogallery_write(&unit_arena, &destroy), "\"activity\":\"releaseInstance\""));
}

static struct provision_answer heard(dialect_read *read, const char *body)
{
	struct provision_answer out = { 0 };

	read(&unit_arena, body, strlen(body), &out);
	return out;
}

TEST(dialect_koogallery_codes, "PRV-3 PRV-5 what each result code means: done, under way, try again, or a definite no")
{
	static const struct { const char *body; enum provision_verdict verdict; } cases[] = {
		{ "{\"resultCode\":\"000000\"}", PROVISION_DONE },     { "{\"resultCode\":\"000001\"}", PROVISION_AGAIN },
		{ "{\"resultCode\":\"000002\"}", PROVISION_REFUSED },  { "{\"resultCode\":\"000003\"}", PROVISION_REFUSED },
		{ "{\"resultCode\":\"000004\"}", PROVISION_ACCEPTED }, { "{\"resultCode\":\"000005\"}", PROVISION_AGAIN },
		{ "{\"resultCode\":\"000100\"}", PROVISION_REFUSED },  { "{\"resultCode\":\"000107\"}", PROVISION_REFUSED },
		{ "{\"resultCode\":0}", PROVISION_AGAIN },             { "{\"resultCode\":\"0\"}", PROVISION_AGAIN },
		{ "[]", PROVISION_AGAIN }, { "", PROVISION_AGAIN },    { "<html>", PROVISION_AGAIN }, { "{\"resultCode\":\"000000\"", PROVISION_AGAIN },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(heard(koogallery_change_read, cases[i].body).verdict, cases[i].verdict);
}

TEST(dialect_koogallery_info, "PRV-3 DEL-3 an instance and its application information; what is secret is known as such")
{
	struct provision_answer made = heard(koogallery_created_read, "{\"resultCode\":\"000004\",\"instanceId\":\"a-1\"}");
	struct provision_answer info = heard(koogallery_info_read,
		"{\"resultCode\":\"000000\",\"info\":[{\"instanceId\":\"a-1\",\"appInfo\":{\"frontEndUrl\":\"https://a.test\",\"userName\":\"u\",\"password\":\"p\",\"memo\":7}}]}");

	assert_int_equal(made.verdict, PROVISION_ACCEPTED);
	assert_string_equal(made.delivered.sign_id, "a-1");
	assert_int_equal(heard(koogallery_created_read, "{\"resultCode\":\"000000\"}").verdict, PROVISION_AGAIN);
	assert_int_equal(heard(koogallery_info_read, "{\"resultCode\":\"000000\",\"info\":[]}").verdict, PROVISION_ACCEPTED);
	assert_int_equal(info.verdict, PROVISION_DONE);
	assert_int_equal(info.delivered.fields_n, 3);
	assert_string_equal(info.delivered.fields[0].name, "website");
	assert_true(info.delivered.fields[2].secret && !info.delivered.fields[1].secret);
}
