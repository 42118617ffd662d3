#ifndef VIEW_ATTACHMENT_H
#define VIEW_ATTACHMENT_H
#include "view/view.h"

/* Files of a step (DEL-12): the field that takes them, part/attach.html … */
#define ATTACH_FILE(V, L, M, H) \
	V(text, id)             \
	V(text, name)           \
	V(text, size)            \
	H(text, href)
VIEW_STRUCT(attach_file, ATTACH_FILE)
#define ATTACH_ERROR(V, L, M, H) V(text, text)
VIEW_STRUCT(attach_error, ATTACH_ERROR)
#define ATTACH(V, L, M, H)      \
	V(text, name)           \
	V(text, label)          \
	V(text, hint)           \
	H(text, accept)         \
	L(attach_file, kept)    /* have come, and belong to the form */ \
	L(attach_error, errors)
VIEW_STRUCT(attach, ATTACH)

/* … and those that a step has, part/attachments.html, for any model with a list `attachments`. */
#define ATTACHMENT(V, L, M, H)  \
	V(text, name)           \
	V(file_type, type)      \
	V(u64, size)            \
	H(text, size_text)      \
	V(text, href)
VIEW_STRUCT(attachment, ATTACHMENT)
#define ATTACHMENTS(V, L, M, H) L(attachment, attachments)
VIEW_STRUCT(attachments, ATTACHMENTS)
#endif
