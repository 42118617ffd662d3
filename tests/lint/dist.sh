#!/bin/sh
# A tarball holds what the repository holds.  Runs where the build is (./check does).
[ -f Makefile ] || { printf '1..1\nok 1 - dist # SKIP nothing is built here\n'; exit; }
build=$PWD
. "$(dirname "$0")/tap.sh"

left_out() {
	dir=$(mktemp -d /tmp/yunshi-dist.XXXXXX)
	if make -s -C "$build" distdir "distdir=$dir/d" >"$dir/log" 2>&1; then
		find src tools sql templates conf doc tests -type f -not -path '*/node_modules/*' | sort >"$dir/have"
		(cd "$dir/d" && find * -type f) | sort >"$dir/shipped"
		comm -23 "$dir/have" "$dir/shipped" | sed 's/$/: in no EXTRA_DIST/'
	else
		tail -n 3 "$dir/log"
	fi
	chmod -R u+w "$dir" && rm -rf "$dir"
}
check "dist: each file of the source is in the distribution" left_out
finish
