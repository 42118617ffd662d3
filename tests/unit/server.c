#include "server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int port;
static pid_t server;

void server_say(int fd, const char *text) { (void)!write(fd, text, strlen(text)); }

/* One whole request: head and body may come in pieces. */
static bool request(int fd, char *b, size_t cap)
{
	size_t n = 0, want = SIZE_MAX;

	while (n < want && n < cap - 1) {
		ssize_t got = read(fd, b + n, cap - 1 - n);
		if (got <= 0)
			return false;
		b[n += (size_t)got] = '\0';
		const char *end = strstr(b, "\r\n\r\n"), *length = strstr(b, "Content-Length: ");
		if (end)
			want = (size_t)(end + 4 - b) + (length ? strtoul(length + 16, NULL, 10) : 0);
	}
	return n == want;
}

static void serve(int fd, server_answer *answer)
{
	static char b[64 << 10];

	while (request(fd, b, sizeof b) && answer(fd, b))
		;
	close(fd);
}

static void stop_server(void)
{
	kill(server, SIGTERM);
	waitpid(server, NULL, 0);
}

static void accept_all(int fd, server_answer *answer)
{
	signal(SIGCHLD, SIG_IGN);
	for (int c; (c = accept(fd, NULL, NULL)) >= 0; close(c))
		if (!fork()) {
			serve(c, answer);
			_exit(0);
		}
	_exit(0);
}

int server_start(server_answer *answer)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof at;

	if (port)
		return port;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int bad = bind(fd, (struct sockaddr *)&at, len) || listen(fd, 64) ||
		  getsockname(fd, (struct sockaddr *)&at, &len);
	assert(!bad);
	port = ntohs(at.sin_port);
	server = fork();
	if (!server)
		accept_all(fd, answer);
	close(fd);
	atexit(stop_server);
	return port;
}
