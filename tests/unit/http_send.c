#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "http/address.h"
#include "http/http.h"
#include "server.h"
#include "unit.h"

static int port;

static bool answer(int fd, const char *request)
{
	const char *body = strstr(request, "\r\n\r\n") + 4;

	if (strstr(request, "/echo"))
		dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s",
			strlen(body), body);
	else if (strstr(request, "/head"))
		dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d",
			strstr(request, "X-Test: 云") && strstr(request, "Content-Type: text/xml"));
	else if (strstr(request, "/method"))
		dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d", !strncmp(request, "DELETE ", 7) && !strstr(request, "Content-"));
	else if (strstr(request, "/error"))
		server_say(fd, "HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\noops");
	else if (strstr(request, "/move"))
		server_say(fd, "HTTP/1.1 302 There\r\nLocation: /echo\r\nContent-Length: 0\r\n\r\n");
	else if (strstr(request, "/half"))
		server_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
	else if (strstr(request, "/slow"))
		sleep(2);
	return !strstr(request, "/half") && !strstr(request, "/slow");
}

static struct http_answer got;

static struct http_call call_to(const char *path)
{
	port = server_start(answer);
	return (struct http_call){
		.url = arena_printf(&unit_arena, "http://127.0.0.1:%d%s", port, path),
		.content_type = "text/xml",
		.body = { "<xml/>", 6 },
		.timeout_ms = 500,
		.max_bytes = 100,
		.allow_private = true,
	};
}

static enum rc post(const char *path)
{
	struct http_call call = call_to(path);

	return http_send(&unit_arena, &call, &got);
}

static enum rc post_url(const char *url, bool allow_private)
{
	struct http_call call = call_to("/echo");

	call.url = url;
	call.allow_private = allow_private;
	return http_send(&unit_arena, &call, &got);
}

TEST(http_answers, "a call gets status, type and body, whatever the status")
{
	assert_int_equal(post("/echo"), RC_OK);
	assert_int_equal(got.status, 200);
	assert_string_equal(got.content_type, "text/plain");
	assert_string_equal(got.body, "<xml/>");
	assert_int_equal(got.n, 6);
	assert_int_equal(post("/error"), RC_OK);
	assert_int_equal(got.status, 500);
	assert_string_equal(got.content_type, "");
	assert_string_equal(got.body, "oops");
}

TEST(http_headers, "a call carries its headers and the type of its body")
{
	static const char *const headers[] = { "X-Test: 云", NULL };
	struct http_call call = call_to("/head");

	call.headers = headers;
	assert_int_equal(http_send(&unit_arena, &call, &got), RC_OK);
	assert_string_equal(got.body, "1");
}

TEST(http_redirect, "PRV-6 redirects are not followed")
{
	assert_int_equal(post("/move"), RC_OK);
	assert_int_equal(got.status, 302);
}

TEST(http_bounds, "PRV-6 time and size are bounded, and a call without a whole answer is uncertain")
{
	static char big[200];
	struct http_call call = call_to("/echo");

	assert_int_equal(post("/slow"), RC_UNCERTAIN);
	assert_int_equal(post("/half"), RC_UNCERTAIN);
	memset(big, 'x', sizeof big);
	call.body = (struct bytes){ big, 100 };
	assert_int_equal(http_send(&unit_arena, &call, &got), RC_OK);
	call.body.n = 101;
	assert_int_equal(http_send(&unit_arena, &call, &got), RC_TOO_LARGE);
	assert_int_equal(got.status, 200);
}

TEST(http_method, "a call with another method, and no body")
{
	struct http_call call = call_to("/method");

	call.method = "DELETE";
	call.body.n = 0;
	assert_int_equal(http_send(&unit_arena, &call, &got), RC_OK);
	assert_string_equal(got.body, "1");
}

TEST(http_away, "nothing was sent when nobody listens or the name is unknown")
{
	assert_int_equal(post_url("http://127.0.0.1:1/", true), RC_AWAY);
	assert_non_null(got.why);
	assert_int_equal(post_url("http://nowhere.invalid/", true), RC_AWAY);
}

TEST(http_schemes, "PRV-6 only http and https, without a user's name")
{
	assert_int_equal(post_url("file:///etc/passwd", true), RC_INVALID);
	assert_int_equal(post_url("ftp://127.0.0.1/", true), RC_INVALID);
	assert_int_equal(post_url("http://a b/", true), RC_INVALID);
	assert_int_equal(post_url(arena_printf(&unit_arena, "http://user@127.0.0.1:%d/echo", port), true), RC_INVALID);
}

TEST(http_private, "PRV-6 names and numbers that lead to a private address are refused, also on a kept connection")
{
	static const char *const forms[] = { "127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]" };

	assert_int_equal(post("/echo"), RC_OK);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_int_equal(post_url(arena_printf(&unit_arena, "http://%s:%d/echo", forms[i], port), false),
				 RC_DENIED);
	assert_int_equal(post("/echo"), RC_OK);
}

TEST(address_ranges, "PRV-6 special ranges end exactly where the registries say")
{
	static const char *const closed[] = {
		"0.0.0.0",
		"10.255.255.255",
		"100.64.0.0",
		"100.127.255.255",
		"127.0.0.1",
		"169.254.169.254",
		"172.16.0.0",
		"172.31.255.255",
		"192.0.0.1",
		"192.168.0.1",
		"198.19.255.255",
		"203.0.113.9",
		"224.0.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"fe80::1",
		"fc00::1",
		"fd12::1",
		"ff02::1",
		"::ffff:10.0.0.1",
		"64:ff9b::a00:1",
		"2001:db8::1",
		"2002:7f00:1::",
		"2001::1",
		"3fff::1",
		"",
		"x",
	};
	static const char *const open[] = {
		"1.1.1.1",         "9.255.255.255", "11.0.0.0",        "100.63.255.255", "100.128.0.0",
		"126.255.255.255", "128.0.0.0",     "169.253.255.255", "172.15.255.255", "172.32.0.0",
		"192.167.255.255", "192.169.0.0",   "198.17.255.255",  "198.20.0.0",     "223.255.255.255",
		"2606:4700::1111", "2001:200::1",   "2400:3200::1",    "::ffff:1.1.1.1", "3ffe::1",
	};

	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		assert_false(address_text_public(closed[i]));
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		assert_true(address_text_public(open[i]));
}

static int done_n, failed_n;

static void count(void *user, enum rc rc, const struct http_answer *a)
{
	done_n++;
	failed_n += rc != RC_OK || strcmp(a->body, user) != 0;
}

static void run(struct http_many *m, time_t seconds)
{
	time_t end = time(NULL) + seconds;

	while (http_many_running(m) && time(NULL) < end)
		(void)http_many_wait(m, -1, 100);
	assert_int_equal(http_many_running(m), 0);
}

TEST(http_many_parallel, "calls run at the same time: ten slow ones do not take ten times as long, none is lost")
{
	struct http_many *m = http_many_new();
	struct http_call echo = call_to("/echo"), slow = call_to("/slow");
	static char body[] = "<xml/>";

	done_n = failed_n = 0;
	for (int i = 0; i < 10; i++) {
		http_many_start(m, &slow, count, body);
		http_many_start(m, &echo, count, body);
	}
	assert_int_equal(http_many_running(m), 20);
	run(m, 4);
	assert_int_equal(done_n, 20);
	assert_int_equal(failed_n, 10);
	http_many_start(m, &slow, count, body);
	http_many_free(m);
	assert_int_equal(done_n, 20);
}

TEST(http_many_fd, "a wait ends at once when the descriptor can be read")
{
	struct http_many *m = http_many_new();
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	assert_false(http_many_wait(m, fds[0], 10));
	server_say(fds[1], "x");
	assert_true(http_many_wait(m, fds[0], 10000));
	close(fds[0]);
	close(fds[1]);
	http_many_free(m);
}
