#ifndef UNIT_SERVER_H
#define UNIT_SERVER_H
#include <stdbool.h>
#include <stddef.h>

/* A web server for a test program: a child process on a port of its own, gone when the program ends. */

/* Answers one request on the connection; false: the connection ends here. */
typedef bool server_answer(int fd, const char *request);

/* Gives the port; starts the server at the first call. */
int server_start(server_answer *answer);
void server_say(int fd, const char *text);
#endif
