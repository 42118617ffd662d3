#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

/* Ranges of the IANA special-purpose registries; the first `bits` bits must agree. */
struct range { unsigned char from[16]; int bits; };

static const struct range special_v4[] = {
	{ { 0 }, 8 },		 { { 10 }, 8 },		   { { 100, 64 }, 10 },	     { { 127 }, 8 },
	{ { 169, 254 }, 16 },	 { { 172, 16 }, 12 },	   { { 192, 0, 0 }, 24 },    { { 192, 0, 2 }, 24 },
	{ { 192, 88, 99 }, 24 }, { { 192, 168 }, 16 },	   { { 198, 18 }, 15 },	     { { 198, 51, 100 }, 24 },
	{ { 203, 0, 113 }, 24 }, { { 224 }, 3 },
};
static const struct range global_v6 = { { 0x20 }, 3 };
static const struct range mapped_v6 = { { [10] = 0xff, [11] = 0xff }, 96 };
static const struct range special_v6[] = {
	{ { 0x20, 0x01, 0x00 }, 23 },		/* protocol assignments, among them Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },	/* documentation */
	{ { 0x20, 0x02 }, 16 },			/* 6to4 wraps any IPv4 address */
	{ { 0x3f, 0xff }, 20 },			/* documentation */
};

static bool within(const unsigned char *ip, const struct range *r)
{
	int whole = r->bits / 8, rest = r->bits % 8;

	return !memcmp(ip, r->from, (size_t)whole) && (!rest || (ip[whole] ^ r->from[whole]) >> (8 - rest) == 0);
}

static bool within_any(const unsigned char *ip, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (within(ip, &r[i]))
			return true;
	return false;
}

static bool public_v4(const unsigned char *ip)
{
	return !within_any(ip, special_v4, sizeof special_v4 / sizeof *special_v4);
}

static bool public_v6(const unsigned char *ip)
{
	if (within(ip, &mapped_v6))
		return public_v4(ip + 12);
	return within(ip, &global_v6) && !within_any(ip, special_v6, sizeof special_v6 / sizeof *special_v6);
}

bool address_public(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET)
		return public_v4((const unsigned char *)&((const struct sockaddr_in *)sa)->sin_addr);
	if (sa->sa_family == AF_INET6)
		return public_v6((const unsigned char *)&((const struct sockaddr_in6 *)sa)->sin6_addr);
	return false;
}

bool address_text_public(const char *ip)
{
	unsigned char b[16];

	if (inet_pton(AF_INET, ip, b) == 1)
		return public_v4(b);
	return inet_pton(AF_INET6, ip, b) == 1 && public_v6(b);
}
