#include "http/http.h"

#include <sys/stat.h>
#include <unistd.h>

#include "http/transfer.h"

bool http_secret_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !(st.st_mode & 077) && !access(path, R_OK);
}

enum rc http_send(struct arena *a, const struct http_call *call, struct http_answer *out)
{
	static struct transfer t;

	transfer_library();
	transfer_begin(&t, call);
	enum rc rc = transfer_result(&t, curl_easy_perform(t.easy), out);
	out->content_type = arena_strdup(a, out->content_type);
	if (rc == RC_OK)
		out->body = arena_dup(a, out->body, out->n);
	transfer_end(&t);
	return rc;
}
