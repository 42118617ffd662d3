# For the scripts of this folder: a test is a command that prints what is wrong, and nothing when all is well.
cd "$(dirname "$0")/../.." || exit 2
n=0 failed=0
check() { # name command…
	name=$1
	shift
	n=$((n + 1))
	if found=$("$@" 2>&1) && [ -z "$found" ]; then
		echo "ok $n - $name"
	else
		failed=1
		echo "not ok $n - $name"
		printf '%s\n' "${found:-the command itself failed}" | head -40 | sed 's/^/# /'
	fi
}
finish() { echo "1..$n"; exit $failed; }
# The files of the project with these endings, below these folders.
sources() { # "folders" ending…
	in=$1
	shift
	for ending; do find $in -name "*.$ending" -type f -not -path '*/node_modules/*'; done | sort
}
