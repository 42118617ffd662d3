#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H
#include "base/arena.h"
#include "base/out.h"

/* The whole configuration, read once at start (IFC-9): member <section>_<name> for each row of config.def. */
#define CONFIG_TYPE_TEXT const char *
#define CONFIG_TYPE_LIST const char *
#define CONFIG_TYPE_SECRET const char *
#define CONFIG_TYPE_NUM int64_t
#define CONFIG_TYPE_BOOL bool
struct config {
#define C(section, name, kind, def, lo, hi, help) CONFIG_TYPE_##kind section##_##name;
#include "base/config.def"
#undef C
};

/* Reads the file (NULL: defaults and environment only), then the environment.  False: *why says file, line and what is
 * wrong.  Texts live in the arena. */
bool config_read(struct arena *a, const char *path, struct config *c, const char **why);
/* The file with every setting, its default and its help: what conf/yunshi.conf.example is. */
void config_example(struct out *o);
/* Puts zone, clock and log level in force. */
bool config_apply(const struct config *c, const char **why);
/* Before each request and job step: on a development instance the clock may have been moved forward meanwhile (NUM-6). */
void config_clock(const struct config *c);
#endif
