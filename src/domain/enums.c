#include "domain/enums.h"

#define ENUM(name) static const char *const name##_names[] = { NULL,
#define FIRST(constant, code) #code,
#define V(constant, code) #code,
#define END(name) }; \
	const struct enum_def name##_enum = { #name, name##_names, name##_n }; \
	_Static_assert(sizeof name##_names / sizeof *name##_names == name##_n + 1, #name);
#include "domain/enums.def"

#define ENUM(name) &name##_enum,
#define FIRST(constant, code)
#define V(constant, code)
#define END(name)
const struct enum_def *const enums_all[] = {
#include "domain/enums.def"
};
const size_t enums_all_n = sizeof enums_all / sizeof *enums_all;
