#!/bin/sh
# Functions and files that a reader can hold in the head.
. "$(dirname "$0")/tap.sh"

long_functions() {
	sources 'src tools tests' c | xargs ctags -x --languages=C --c-kinds=f --_xformat='%{end} %{line} %F %N' |
		awk '$1 - $2 + 1 > 70 { printf "%s:%d: %s has %d lines, more than 70\n", $3, $2, $4, $1 - $2 + 1 }'
}
long_files() {
	{ sources 'src tools tests' c h def mjs sh sql; sources templates html css js; echo run; echo check; } |
		xargs awk 'FNR == 701 { print FILENAME ": more than 700 lines" }'
}

check "size: no function has more than 70 lines" long_functions
check "size: no file has more than 700 lines" long_files
finish
