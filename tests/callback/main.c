/* fill FILE name=value …: a document of this folder, filled and signed, on standard output. */
#include "callback/fill.h"

#include <stdio.h>

enum { VALUES_MAX = 40, ARENA = 8 << 20 };

int main(int argc, char **argv)
{
	struct pair values[VALUES_MAX];
	size_t n = 0;
	struct arena a;
	struct out o = { 0 };

	arena_init(&a, ARENA);
	for (int i = 2; i < argc && n < VALUES_MAX; i++) {
		char *eq = strchr(argv[i], '=');
		if (eq) {
			*eq = '\0';
			values[n++] = (struct pair){ argv[i], eq + 1 };
		}
	}
	char *template = argc > 1 ? fill_file(&a, argv[1]) : NULL;
	if (!template) {
		fprintf(stderr, "usage: fill FILE key=… name=value …\n");
		return 2;
	}
	fill(&a, template, values, n, &o);
	int status = !o.n || fwrite(o.p, 1, o.n, stdout) == o.n ? 0 : 1;
	out_free(&o);
	arena_free(&a);
	return status;
}
