#include "app/attachment_scan.h"
#include "base/log.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { SCAN_SECONDS = 10, ANSWER_MAX = 512 };

static int connected(int family, const struct sockaddr *at, socklen_t len)
{
	static const struct timeval wait = { .tv_sec = SCAN_SECONDS };
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	if (!connect(fd, at, len))
		return fd;
	close(fd);
	return -1;
}

static int connect_path(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	if (strlen(path) >= sizeof at.sun_path)
		return -1;
	memcpy(at.sun_path, path, strlen(path) + 1);
	return connected(AF_UNIX, (const struct sockaddr *)&at, sizeof at);
}

/* host:port */
static int connect_host(const char *where)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	const char *colon = strrchr(where, ':');
	char host[101];
	int fd = -1;

	if (!colon || (size_t)(colon - where) >= sizeof host)
		return -1;
	snprintf(host, sizeof host, "%.*s", (int)(colon - where), where);
	if (getaddrinfo(host, colon + 1, &hints, &found))
		return -1;
	for (const struct addrinfo *a = found; a && fd < 0; a = a->ai_next)
		fd = connected(a->ai_family, a->ai_addr, a->ai_addrlen);
	freeaddrinfo(found);
	return fd;
}

static void unchecked(struct attachment_scan *s, const char *why)
{
	log_event('E', "attachment_unchecked", LOG_STR("why", why));
	s->problem = FILE_UNCHECKED;
}

static void say(struct attachment_scan *s, const void *p, size_t n)
{
	const char *at = p;

	while (s->fd >= 0 && !s->problem && n) {
		ssize_t sent = send(s->fd, at, n, MSG_NOSIGNAL);
		if (sent <= 0) {
			unchecked(s, "it does not listen");
			return;
		}
		at += sent;
		n -= (size_t)sent;
	}
}

void attachment_scan_begin(struct attachment_scan *s, const struct config *conf)
{
	const char *where = conf->attachments_clamd;

	*s = (struct attachment_scan){ .fd = -1 };
	if (!*where)
		return;
	s->fd = *where == '/' ? connect_path(where) : connect_host(where);
	if (s->fd < 0)
		unchecked(s, "it cannot be reached");
	say(s, "zINSTREAM", sizeof "zINSTREAM");
}

void attachment_scan_add(struct attachment_scan *s, const void *p, size_t n)
{
	uint32_t len = htonl((uint32_t)n);

	if (!n)
		return;
	say(s, &len, sizeof len);
	say(s, p, n);
}

/* "stream: OK", "stream: Eicar-Signature FOUND", "… ERROR", ended by a NUL. */
static void hear(struct attachment_scan *s)
{
	char room[ANSWER_MAX], *answer = room;
	size_t n = 0;
	ssize_t got;

	while (n < sizeof room - 1 && (got = recv(s->fd, answer + n, sizeof room - 1 - n, 0)) > 0) {
		n += (size_t)got;
		if (!answer[n - 1])
			break;
	}
	answer[n] = 0;
	size_t len = strlen(answer);
	if (len > 6 && str_eq(answer + len - 6, " FOUND")) {
		log_event('W', "attachment_infected", LOG_STR("answer", answer));
		s->problem = FILE_INFECTED;
	} else if (!str_eq(answer, "stream: OK")) {
		unchecked(s, len ? answer : "no answer");
	}
}

enum file_problem attachment_scan_end(struct attachment_scan *s)
{
	if (s->fd < 0)
		return s->problem;
	say(s, &(uint32_t){ 0 }, sizeof(uint32_t));
	if (!s->problem)
		hear(s);
	close(s->fd);
	s->fd = -1;
	return s->problem;
}
