#!/bin/sh
# Words and calls that have no place here.
. "$(dirname "$0")/tap.sh"

seen() { # expression file…
	expression=$1
	shift
	grep -nE -- "$expression" "$@" /dev/null || :
}
c_files() { sources 'src tools' c h def; }
unbounded() { seen '\b(strcpy|strcat|sprintf|vsprintf|gets|alloca|strtok|mktemp|tmpnam|system|popen)\(' $(sources src c h); }
formats_money() { seen '\b(float|double)\b[ *]+[a-z_]*(fen|amount|price|money|payable)' $(sources src c h); }
unfinished() {
	seen '\b(TO''DO|FIX''ME|XX''X|HA''CK)\b|not impl''emented|coming s''oon|暂未''实现' $(c_files) $(sources 'templates sql conf tests doc' html css js sql po mjs sh md conf) run check
}
allocations() { seen '\b(malloc|calloc|realloc|strdup|strndup|asprintf)\(' $(sources 'src/domain src/app src/view src/web src/channel src/jobs' c h); }
clocks() { seen '\b(time|gettimeofday|clock_gettime)\(' $(sources 'src/domain src/app src/view src/web src/channel' c h) | grep -v CLOCK_MONOTONIC || :; }

check "words: no unbounded or unsafe call" unbounded
check "NUM-1 words: no amount is a floating point number" formats_money
check "words: nothing unfinished" unfinished
check "words: memory above the adapters comes from the arena" allocations
check "NUM-6 words: business time is not read from the machine" clocks
finish
