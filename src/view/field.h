#ifndef VIEW_FIELD_H
#define VIEW_FIELD_H
#include "view/view.h"

/* One field of a form as part/field.html shows it: label, hint, error, control. */

enum field_control { FIELD_INPUT = 1, FIELD_AREA, FIELD_SELECT, FIELD_CHECK, FIELD_RADIO, FIELD_HIDDEN };
typedef enum field_control view_type_field_control;

#define FIELD_OPTION(V, L, M, H) \
	V(text, value)           \
	V(text, label)           \
	V(text, hint)            \
	V(bool, chosen)          \
	V(bool, disabled)
VIEW_STRUCT(field_option, FIELD_OPTION)

#define FIELD(V, L, M, H)           \
	H(field_control, control)   \
	H(text, type)               \
	V(text, id)                 \
	V(text, name)               \
	V(text, label)              \
	V(text, hint)               \
	V(text, value)              \
	V(text, error)              \
	V(bool, required)           \
	V(bool, checked)            \
	V(bool, disabled)           \
	V(bool, several)            \
	V(i64, max_length)          \
	H(text, autocomplete)       \
	H(text, inputmode)          \
	H(text, placeholder)        \
	H(bool, wide)               \
	L(field_option, options)
VIEW_STRUCT(field, FIELD)
#endif
