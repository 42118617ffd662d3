#!/bin/sh
# What the documents, the README and the rules of the house name is there: `src/app/order.c`, or `app/order.c` for short.
. "$(dirname "$0")/tap.sh"

gone() {
	grep -noE '`[a-z_]+/[a-z0-9_./-]+\.(c|h|def|sql|mjs|sh|md|html|txt|cnf|conf)`' README.md HACKING.md doc/*.md | tr -d '`' | while IFS=: read -r file line path; do
		[ -e "$path" ] || [ -e "src/$path" ] || [ -e "sql/$path" ] || echo "$file:$line: no $path"
	done
}
check "doc: each file that a document names is there" gone
finish
