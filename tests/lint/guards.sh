#!/bin/sh
# Headers: a guard named after the file (X_rows.h, which is included once for each set of rows, has none); no trailing space, a line end at the end.
. "$(dirname "$0")/tap.sh"

guards() {
	sources 'src tests' h | while read -r file; do
		want=$(echo "$file" | sed -E 's,^(src|tests)/,,; s,[/.],_,g' | tr a-z A-Z)
		grep -qE "^#ifndef ($want|TESTS_$want|${want#*_})$" "$file" || expr "$file" : '.*_rows\.h$' >/dev/null ||
			echo "$file: no guard $want"
	done
}
spaces() { { sources 'src tools tests' c h def mjs sh; sources sql sql; } | xargs grep -nE '[ 	]+$' /dev/null || :; }
ends() { sources 'src tools sql templates tests/unit tests/lib' c h def sql html mjs | while read -r file; do [ -z "$(tail -c 1 "$file")" ] || echo "$file: no line end at the end"; done; }
scripts() { for file in run check tools/sh/*.sh; do bash -n "$file" || echo "$file"; done; for file in tests/lint/*.sh; do sh -n "$file" || echo "$file"; done; }

check "guards: each header has the guard of its name" guards
check "guards: no white space at the end of a line" spaces
check "guards: each file ends with a line end" ends
check "guards: the shell scripts can be read" scripts
finish
