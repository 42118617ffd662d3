#include "app/grant.h"

#include <stdio.h>

#include "base/str.h"
#include "db/admin.h"

enum { GRANT_LINE_MAX = 200, GRANT_TABLES_MAX = 200 };

const char *const grant_pools[GRANT_POOLS] = { "buyer", "provider", "operator", "callback", "jobs" };
static const char letters[] = "SIUD";
static const char *const words[] = { "SELECT", "INSERT", "UPDATE", "DELETE" };

struct line { char table[40], may[GRANT_POOLS][5]; };

static const char *password_of(const struct config *c, const char *pool)
{
	const char *const passwords[GRANT_POOLS] = {
		c->database_buyer_password, c->database_provider_password, c->database_operator_password,
		c->database_callback_password, c->database_jobs_password,
	};

	for (int i = 0; i < GRANT_POOLS; i++)
		if (str_eq(pool, grant_pools[i]))
			return passwords[i];
	return c->database_admin_password;
}

struct db_conf grant_account(struct arena *a, const struct config *c, const char *pool)
{
	return (struct db_conf){
		.socket = c->database_socket, .host = c->database_host, .port = (unsigned)c->database_port, .ca = c->database_ca_file,
		.user = arena_printf(a, "%s_%s", c->database_user, pool), .password = password_of(c, pool), .schema = c->database_name,
	};
}

/* Names and passwords go into SQL as text: nothing that could end a quoted string. */
static bool plain(const char *s)
{
	return str_all(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
}

static bool read_line(const char *text, struct line *l)
{
	char end;

	if (sscanf(text, "%39s %4s %4s %4s %4s %4s %c", l->table, l->may[0], l->may[1], l->may[2], l->may[3], l->may[4], &end) != 6 || !plain(l->table))
		return false;
	for (int i = 0; i < GRANT_POOLS; i++)
		if (strspn(l->may[i], letters) != strlen(l->may[i]) && !str_eq(l->may[i], "-"))
			return false;
	return true;
}

static enum rc read_file(struct arena *a, const char *path, struct line **lines, size_t *n, struct out *report)
{
	char text[GRANT_LINE_MAX];
	FILE *f = fopen(path, "re");

	*n = 0;
	*lines = ARENA_ARRAY(a, struct line, GRANT_TABLES_MAX);
	for (int at = 1; f && fgets(text, sizeof text, f); at++) {
		if (*text == '#' || *text == '\n')
			continue;
		if (*n < GRANT_TABLES_MAX && read_line(text, &(*lines)[*n])) {
			(*n)++;
			continue;
		}
		out_str(report, arena_printf(a, "%s:%d: not a table and %d columns of the letters %s\n", path, at, GRANT_POOLS, letters));
		fclose(f);
		return RC_INVALID;
	}
	if (f)
		fclose(f);
	else
		out_str(report, arena_printf(a, "%s: cannot be read\n", path));
	return f ? RC_OK : RC_INVALID;
}

static enum rc script(struct cx *cx, struct out *report, const char *sql)
{
	enum rc rc = db_script(cx->db, sql, NULL);

	if (rc != RC_OK)
		out_str(report, arena_printf(cx->a, "refused by the store: %s\n", db_error(cx->db)));
	return rc;
}

static enum rc make_account(struct cx *cx, const char *pool, struct out *report)
{
	const char *user = cx->conf->database_user, *password = password_of(cx->conf, pool);

	if (!plain(user) || !plain(cx->conf->database_name) || !plain(password)) {
		out_str(report, arena_printf(cx->a, "database.%s_password: letters, digits, _ - and . only\n", pool));
		return RC_INVALID;
	}
	TRY(script(cx, report, arena_printf(cx->a, "CREATE USER IF NOT EXISTS '%s_%s'@'%%'", user, pool)));
	return script(cx, report, arena_printf(cx->a, "ALTER USER '%s_%s'@'%%' IDENTIFIED BY '%s'", user, pool, password));
}

static bool listed(const struct line *lines, size_t n, int pool, const char *privilege, const char *table)
{
	for (size_t i = 0; i < n; i++)
		for (int k = 0; str_eq(lines[i].table, table) && k < 4; k++)
			if (str_eq(privilege, words[k]))
				return strchr(lines[i].may[pool], letters[k]);
	return false;
}

/* What an account holds, as "table privilege", or "* privilege" for the whole schema.  Only the account itself and those who may read all
 * passwords are shown this, so it is asked itself. */
static enum rc held(struct cx *cx, int pool, const char ***rows, size_t *n)
{
	struct db_conf conf = grant_account(cx->a, cx->conf, grant_pools[pool]);
	struct db *own = db_open(&conf);
	enum rc rc = db_column(own, cx->a,
		"SELECT CONCAT(table_name, ' ', privilege_type) FROM information_schema.table_privileges WHERE table_schema = DATABASE() "
		"UNION ALL SELECT CONCAT('* ', privilege_type) FROM information_schema.schema_privileges WHERE table_schema = DATABASE()",
		rows, n);

	db_close(&own);
	return rc;
}

/* What the account holds and the file does not give. */
static enum rc take_away(struct cx *cx, const struct line *lines, size_t n, int pool, struct out *report)
{
	const char *grantee = arena_printf(cx->a, "%s_%s", cx->conf->database_user, grant_pools[pool]), **rows;
	size_t have;

	TRY(held(cx, pool, &rows, &have));
	for (size_t i = 0; i < have; i++) {
		const char *privilege = strchr(rows[i], ' ') + 1, *table = arena_dup(cx->a, rows[i], (size_t)(privilege - rows[i]) - 1);
		if (listed(lines, n, pool, privilege, table))
			continue;
		const char *on = str_eq(table, "*") ? "*" : arena_printf(cx->a, "`%s`", table);
		TRY(script(cx, report, arena_printf(cx->a, "REVOKE %s ON %s FROM '%s'@'%%'", privilege, on, grantee)));
		out_str(report, arena_printf(cx->a, "taken from %s: %s on %s\n", grantee, privilege, table));
	}
	return RC_OK;
}

static enum rc give(struct cx *cx, const struct line *l, int pool, struct out *report)
{
	char list[64] = "";

	for (int k = 0; k < 4; k++)
		if (strchr(l->may[pool], letters[k]))
			snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", *list ? ", " : "", words[k]);
	if (!*list)
		return RC_OK;
	return script(cx, report, arena_printf(cx->a, "GRANT %s ON `%s` TO '%s_%s'@'%%'", list, l->table, cx->conf->database_user, grant_pools[pool]));
}

enum rc grant_apply(struct cx *cx, const char *file, struct out *report)
{
	struct line *lines;
	size_t n;

	TRY(read_file(cx->a, file, &lines, &n, report));
	for (int pool = 0; pool < GRANT_POOLS; pool++) {
		TRY(make_account(cx, grant_pools[pool], report));
		for (size_t i = 0; i < n; i++)
			TRY(give(cx, &lines[i], pool, report));
		TRY(take_away(cx, lines, n, pool, report));
	}
	return RC_OK;
}
