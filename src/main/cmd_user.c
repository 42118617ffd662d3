#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "app/user.h"
#include "base/str.h"
#include "main/program.h"

enum { PASSWORD_LINE_MAX = 200 };
static const char help[] =
	"usage: yunshi user create --name LOGIN --person NAME --org ID --roles ROLE[,ROLE…] [--email ADDRESS] [--mobile NUMBER]\n"
	"       yunshi user roles  --name LOGIN --org ID --roles ROLE[,ROLE…]\n"
	"       yunshi user reset  --name LOGIN\n"
	"       yunshi user org    --kind buyer|provider|platform --person NAME\n"
	"Makes people and organisations, sets roles in an organisation, sets a new password and ends all sessions.\n"
	"The password is read from standard input (one line), never from the command line.\n"
	"  --config FILE   settings\n";

struct words { const char *config, *name, *person, *roles, *email, *mobile, *kind; uint64_t org; };

static bool read_words(int argc, char **argv, struct words *w)
{
	static const struct option options[] = {
		{ "config", 1, NULL, 'c' }, { "name", 1, NULL, 'n' }, { "person", 1, NULL, 'p' }, { "org", 1, NULL, 'o' }, { "roles", 1, NULL, 'r' },
		{ "email", 1, NULL, 'e' }, { "mobile", 1, NULL, 'm' }, { "kind", 1, NULL, 'k' }, { "help", 0, NULL, 'h' }, { 0 },
	};

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': w->config = optarg; break;
		case 'n': w->name = optarg; break;
		case 'p': w->person = optarg; break;
		case 'r': w->roles = optarg; break;
		case 'e': w->email = optarg; break;
		case 'm': w->mobile = optarg; break;
		case 'k': w->kind = optarg; break;
		case 'o': if (!str_u64(optarg, &w->org)) return false; break;
		default:  return false;
		}
	return optind + 1 == argc;
}

static const char *read_password(struct arena *a)
{
	char line[PASSWORD_LINE_MAX];

	if (isatty(STDIN_FILENO))
		fputs("password: ", stderr);
	if (!fgets(line, sizeof line, stdin))
		return "";
	line[strcspn(line, "\r\n")] = 0;
	return arena_strdup(a, line);
}

static bool complete(const char *what, const struct words *w)
{
	return (str_eq(what, "create") && w->name && w->person && w->org && w->roles) || (str_eq(what, "roles") && w->name && w->org && w->roles) ||
	       (str_eq(what, "reset") && w->name) || (str_eq(what, "org") && w->kind && w->person);
}

static enum rc create(struct program *p, const struct words *w, const char **why)
{
	struct user_new in = {
		.login = w->name, .name = w->person, .email = w->email, .mobile = w->mobile, .org = w->org, .roles = w->roles, .password = read_password(&p->a),
	};

	return user_create(&p->cx, &in, why);
}

static enum rc make_org(struct program *p, const struct words *w, const char **why)
{
	uint64_t id;

	TRY(user_org(&p->cx, w->kind, w->person, &id, why));
	printf("%llu\n", (unsigned long long)id);
	return RC_OK;
}

static int run(struct program *p, const char *what, const struct words *w)
{
	const char *why = NULL;
	enum rc rc = str_eq(what, "create") ? create(p, w, &why)
		   : str_eq(what, "roles")  ? user_roles(&p->cx, w->name, w->org, w->roles, &why)
		   : str_eq(what, "reset")  ? user_reset(&p->cx, w->name, read_password(&p->a), &why)
					    : make_org(p, w, &why);

	if (rc != RC_OK)
		fprintf(stderr, "yunshi user: %s\n", why ? why : rc_info[rc].text);
	return rc != RC_OK;
}

int cmd_user(int argc, char **argv)
{
	struct words w = { 0 };
	struct program p;

	for (int i = 1; i < argc; i++)
		if (str_eq(argv[i], "--help"))
			return fputs(help, stdout), 0;
	if (!read_words(argc, argv, &w) || !complete(argv[optind], &w))
		return fputs(help, stderr), 2;
	if (!program_open(&p, w.config, "admin"))
		return 1;
	int status = run(&p, argv[optind], &w);
	program_close(&p);
	return status;
}
