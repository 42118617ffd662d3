#!/bin/sh
# doc/ledger.md explains the chart of accounts to people: its tables say what src/domain/ledger.def says, no less and no more.
. "$(dirname "$0")/tap.sh"

rows() { sed 's,/\*.*,,' "src/domain/ledger.def" | grep -oE "$1\([A-Z][^)]*\)" | sed "s/^$1(//; s/)\$//; s/[ 	]//g" | tr 'A-Z,' 'a-z ' | sort -u; }
table() { awk -v from="## $1" '/^## / { on = $0 == from } on && /^\| `/ { gsub(/`/, ""); print }' "doc/ledger.md"; }

accounts() {
	rows ACCOUNT | awk '{ print $1, $2, $3 }' >"$work/def"
	table Accounts | awk -F' *[|] *' '{ owner = $4 ~ /^org/ ? "org" : $4; print $2, owner, $5 ~ /below/ ? "floor" : $5 ~ /above/ ? "ceiling" : "free" }' | sort >"$work/doc"
	diff "$work/def" "$work/doc"
}
entries() {
	rows POST >"$work/def"
	table Entries | awk -F' *[|] *' '{ n = split($3, a, " "); for (i = 1; i <= n; i++) print $2, "-", a[i]; n = split($4, a, " "); for (i = 1; i <= n; i++) print $2, "+", a[i] }' | sort -u >"$work/doc"
	diff "$work/def" "$work/doc"
}

work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
check "MON-1 the accounts of doc/ledger.md are those of ledger.def" accounts
check "MON-1 the entries of doc/ledger.md are those of ledger.def" entries
finish
