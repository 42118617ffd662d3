#ifndef HTTP_ADDRESS_H
#define HTTP_ADDRESS_H
#include <sys/socket.h>

#include "base/value.h"

/* PRV-6: an address of the open internet: not private, loopback, link-local, shared, reserved for documentation or
 * tests, multicast, or a disguise of such a one in IPv6.  Families other than IPv4 and IPv6 are never public. */
bool address_public(const struct sockaddr *sa);
/* The same for a numeric address; false for what is none. */
bool address_text_public(const char *ip);
#endif
