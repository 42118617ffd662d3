# Shared by ./run and ./check: words, packages, the account that everything runs under, the build.
# $top is the project's folder, $self the script's name.

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
self=${0##*/}
quiet=

say() { [ -n "$quiet" ] || printf '%s\n' "$*"; }
die() { printf './%s: %s\n' "$self" "$*" >&2; exit 1; }
usage_error() { printf './%s: %s (see --help)\n' "$self" "$*" >&2; exit 2; }

# The text of the file with each @NAME@ replaced, for NAME=value.
render() { # template result NAME=value…
	local text pair to=$2
	text=$(<"$1") || return
	shift 2
	for pair; do text=${text//"@${pair%%=*}@"/"${pair#*=}"}; done
	printf '%s\n' "$text" >"$to.new" && mv "$to.new" "$to"
}

# --- packages -----------------------------------------------------------------------------------------------------

# What of these sections of conf/packages is missing, in one line.
packages_missing() { # section…
	local wanted
	wanted=$(awk -v want=" $* " '/^\[/ { on = index(want, " " substr($1, 2, length($1) - 2) " "); next } on && /^[a-z]/' "$top/conf/packages" |
		while read -r package program; do [ -n "$program" ] && command -v "$program" >/dev/null || echo "$package"; done)
	[ -n "$wanted" ] || return 0
	command -v dpkg-query >/dev/null || { echo $wanted; return; }
	# shellcheck disable=SC2086
	dpkg-query -Wf '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
		awk -v wanted="$wanted" '$2 == "installed" { have[$1] = 1 }
			END { n = split(wanted, w, "\n"); for (i = 1; i <= n; i++) if (!(w[i] in have)) printf "%s ", w[i] }'
}

packages_need() { # section…
	local missing log
	missing=$(packages_missing "$@")
	missing=${missing% }
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null || die "these Debian packages are needed, and this machine has no apt-get: $missing"
	[ "$(id -u)" = 0 ] || die "packages are missing; as root: apt-get install --no-install-recommends $missing"
	say "Installing packages: $missing"
	log=$(mktemp /tmp/yunshi-packages.XXXXXX)
	{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } </dev/null >"$log" 2>&1 ||
		die "packages could not be installed: $(grep -m1 '^E:' "$log" || tail -n 1 "$log") ($log)"
	rm -f "$log"
}

# --- who runs it --------------------------------------------------------------------------------------------------

# Neither compilers nor servers run as root, and MariaDB refuses to.  Root hands over to the owner of the folder, else to the
# system account `yunshi`.  Where that account cannot write the folder, it works on a copy of it; so does an ordinary user in
# a folder of somebody else's.  Everything below runs as if it had been started by that account in that folder.
hand_over() { # yes|no (make the copy anew) arguments…
	local anew=$1 account home as=()
	shift
	account=$(id -un)
	if [ "$(id -u)" = 0 ]; then
		account=$(stat -c %U "$top")
		case $account in root|UNKNOWN) account=yunshi; make_account ;; esac
		as=(setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups
			env "USER=$account" "LOGNAME=$account" "HOME=$(getent passwd "$account" | cut -d: -f6)")
	fi
	home=$top
	if ! "${as[@]}" test -r "$top" -a -w "$top" -a -x "$top"; then
		home=$(copy_folder "$account") || exit 1
		[ "$anew" = no ] || copy_tree "$home" "${as[@]}"
		[ -x "$home/$self" ] || die "not running"
	fi
	[ ${#as[@]} -gt 0 ] || [ "$home" != "$top" ] || return 0
	cd "$home" || die "the folder $home cannot be entered"
	exec "${as[@]}" "$home/$self" "$@"
}

make_account() {
	getent passwd yunshi >/dev/null && return
	useradd --system --user-group --home-dir /var/lib/yunshi-demo --shell /usr/sbin/nologin yunshi ||
		die "the system account yunshi could not be made"
}

# Where the copy of this folder lies: a place that only root or the account itself can have made.
copy_folder() { # account
	local key base
	key=$(printf %s "$top" | cksum | cut -d' ' -f1)
	if [ "$(id -u)" = 0 ]; then
		base=/var/lib/yunshi-demo
		install -d -m 755 "$base" && install -d -m 700 -o "$1" -g "$(id -g "$1")" "$base/$key" || return
	else
		base=${XDG_STATE_HOME:-$HOME/.local/state}/yunshi
		mkdir -p "$base/$key" || { echo "neither $top nor $base can be written" >&2; return 1; }
	fi
	echo "$base/$key"
}

# Writes as the account, never as root, and keeps times, so that only what changed is built again.
copy_tree() { # to command-prefix…
	local to=$1
	shift
	(cd "$top" && find . \( -name .git -o -name node_modules -o -name autom4te.cache -o -path ./build -o -path ./.run \) -prune -o \
		\( -type f -o -type l \) -print0 | tar -cf - --no-recursion --null -T -) |
	"$@" sh -c 'set -e; cd "$1"; touch .files; cat >.tree.tar; tar -tf .tree.tar | sort >.files.new
		comm -23 .files .files.new | tr "\n" "\0" | xargs -0 -r rm -f
		tar -xf .tree.tar --no-same-owner; rm .tree.tar; mv .files.new .files' sh "$to" ||
		die "the copy of $top in $to could not be made"
}

# --- build --------------------------------------------------------------------------------------------------------

# Builds in build/; $1 is where the compiler's words go, the rest are options of configure.  With $build_tests the tests too.
build_tests=
build() { # log option…
	local log=$1 option fits=1
	shift
	if [ -f "$top/build/config.status" ]; then
		for option; do "$top/build/config.status" --config | grep -q -e "$option" || fits=; done
		[ -n "$fits" ] || rm -rf "$top/build"
	fi
	mkdir -p "$top/build"
	(
		set -e
		cd "$top"
		[ -x configure ] || autoreconf -i
		cd build
		[ -f config.status ] || ../configure "$@"
		make -j"$(nproc)" all
		[ -z "$build_tests" ] || make -j"$(nproc)" check TESTS=
	) </dev/null >"$log" 2>&1 || build_failed "$log"
}

build_failed() { # log
	! grep -q 'No space left on device' "$1" || die "the disk is full ($(df -h --output=avail "$top" | tail -n 1 | tr -d ' ') left for $top)"
	grep -m 5 -E '(error|Error|failed):? ' "$1" >&2 || tail -n 5 "$1" >&2
	die "the build failed: $1"
}
