/* For LD_PRELOAD: a name server that changes its mind.  rebind.test is an address of the open internet when it is asked for the first time, and this
 * machine from then on; inside.test is always this machine.  REBIND names a file whose length counts the questions. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUTSIDE "93.184.216.34"	/* nothing is sent there */

typedef int resolver(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **res);

static off_t asked_before(void)
{
	int fd = open(getenv("REBIND"), O_WRONLY | O_APPEND | O_CREAT, 0600);
	struct stat st = { 0 };

	if (fd < 0 || fstat(fd, &st) || write(fd, "x", 1) != 1)
		abort();
	close(fd);
	return st.st_size;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **res)
{
	resolver *real = (resolver *)dlsym(RTLD_NEXT, "getaddrinfo");

	if (node && !strcmp(node, "inside.test"))
		return real("127.0.0.1", service, hints, res);
	if (node && !strcmp(node, "rebind.test"))
		return real(asked_before() ? "127.0.0.1" : OUTSIDE, service, hints, res);
	return real(node, service, hints, res);
}

int connect(int fd, const struct sockaddr *to, socklen_t n)
{
	int (*real)(int, const struct sockaddr *, socklen_t) = (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect");
	struct in_addr outside;

	inet_pton(AF_INET, OUTSIDE, &outside);
	if (to->sa_family != AF_INET || ((const struct sockaddr_in *)to)->sin_addr.s_addr != outside.s_addr)
		return real(fd, to, n);
	errno = ENETUNREACH;
	return -1;
}
